/** A field whose text a recorder hides: `textbox "Password": "*****"`. */
const masked = /^(\s*- .+: )"?\*{2,}"?$/;

/**
 * What recorders mask is unknown, whatever its length: where the logged page has a masked field, any text in the same field of the
 * other page is as good. Gives the lines of the other page with such fields masked as the logged page has them.
 */
export function maskedAs(logged: readonly string[], other: readonly string[]): readonly string[] {
  const fields = logged.flatMap((line) => {
    const field = masked.exec(line)?.[1];
    return field === undefined ? [] : [{ field, line }];
  });
  if (fields.length === 0) return other;
  const left = [...fields];
  return other.map((line) => {
    const at = left.findIndex(({ field }) => line.startsWith(field));
    return at < 0 ? line : (left.splice(at, 1)[0]?.line ?? line);
  });
}
