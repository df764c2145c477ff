/** A set of records as one byte for each: twenty thousand of them are put together and counted within a frame. */

export class Flags implements ReadonlySet<number> {
  readonly size: number;

  /** 1 where a record is in the set. */
  constructor(readonly bytes: Uint8Array) {
    let size = 0;
    for (const byte of bytes) size += byte;
    this.size = size;
  }

  has(record: number): boolean {
    return this.bytes[record] === 1;
  }

  *values(): SetIterator<number> {
    for (let record = 0; record < this.bytes.length; record++) if (this.bytes[record] === 1) yield record;
  }

  keys(): SetIterator<number> {
    return this.values();
  }

  *entries(): SetIterator<[number, number]> {
    for (const record of this.values()) yield [record, record];
  }

  [Symbol.iterator](): SetIterator<number> {
    return this.values();
  }

  forEach(act: (record: number, same: number, set: ReadonlySet<number>) => void): void {
    for (const record of this.values()) act(record, record, this);
  }
}
