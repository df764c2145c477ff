/** How many slips part two words. */

/**
 * Letters to add, drop, change or swap with the next, to come from one text to the other;
 * `most + 1` as soon as it is more than `most`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, older[j - 2]! + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    older = before;
    before = row;
  }
  return Math.min(before[b.length]!, most + 1);
}

/** The letters of a text, one bit for each (or for some that share one). */
function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) & 31);
  return letters;
}

/** How far texts are from this one, as `distance`; those whose letters alone tell that they are too far are not read further. */
export function nearness(text: string, most: number): (other: string) => number {
  const letters = lettersOf(text);
  return (other) => {
    if (Math.abs(other.length - text.length) > most) return most + 1;
    let apart = letters ^ lettersOf(other);
    // A slip takes one letter away and brings one in, at most.
    for (let left = 2 * most; apart !== 0; left--, apart &= apart - 1) if (left === 0) return most + 1;
    return distance(other, text, most);
  };
}
