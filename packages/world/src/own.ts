/** What a record itself holds under a name; undefined for what every object inherits, such as `constructor`. Names come from pages. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
