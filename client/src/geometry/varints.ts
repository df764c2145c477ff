/** Integers in a block of bytes: LEB128 varints, one after the other. */
export class Varints {
  constructor(private readonly bytes: Uint8Array, private at = 0) {}

  unsigned(): number {
    const { bytes } = this;
    let value = 0;
    let scale = 1;
    for (;;) {
      if (this.at >= bytes.length) throw new RangeError("the numbers end too early");
      const byte = bytes[this.at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): number {
    const byte = this.bytes[this.at]!;
    if (byte < 128) { // most are small
      this.at++;
      return (byte >>> 1) ^ -(byte & 1);
    }
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** `length` values, each written as its difference from the one before. */
  deltas(length: number): Int32Array {
    const column = new Int32Array(length);
    let value = 0;
    for (let i = 0; i < length; i++) {
      value += this.signed();
      column[i] = value;
    }
    return column;
  }

  /** `length` values that are not negative. */
  plain(length: number): Uint32Array {
    const column = new Uint32Array(length);
    for (let i = 0; i < length; i++) column[i] = this.unsigned();
    return column;
  }

  get done(): boolean {
    return this.at === this.bytes.length;
  }
}
