/** Copy the text of a field: by the clipboard where the page may use it, else by selecting it. */

/** A frame may forbid the clipboard; asking all the same would only fill the console. */
function allowed(): boolean {
  const { featurePolicy } = document as Document & { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature("clipboard-write") ?? true;
}

export async function copyFrom(field: HTMLInputElement | HTMLTextAreaElement): Promise<boolean> {
  try {
    if (!allowed()) throw new Error("not allowed");
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // The way that browsers had before.
    field.focus();
    field.select();
    try {
      return document.execCommand("copy");
    } catch {
      return false;
    }
  }
}
