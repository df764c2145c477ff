/** What is costly to make is kept, up to a number: what was not asked for the longest goes first. */
export class Lru<V> {
  private readonly kept = new Map<string, V>();

  /** `most` has to hold what one picture needs, or all of it would be made anew each time. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.kept.size;
  }

  get(key: string, make: () => V): V {
    const known = this.kept.has(key);
    const value = known ? this.kept.get(key)! : make();
    if (known) this.kept.delete(key); // to the end of the queue
    this.kept.set(key, value);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!);
    return value;
  }
}
