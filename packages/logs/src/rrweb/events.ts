/** Kinds of rrweb events, by their number in the format. */
export const EventType = { domContentLoaded: 0, load: 1, fullSnapshot: 2, incremental: 3, meta: 4, custom: 5, plugin: 6 } as const;

/** Kinds of incremental events, by their number in the format. */
export const Source = {
  mutation: 0,
  mouseInteraction: 2,
  input: 5,
  styleSheetRule: 8,
  canvas: 9,
  drag: 12,
  adoptedStyleSheet: 15,
} as const;

/** Kinds of mouse interactions, by their number in the format. */
export const Mouse = { up: 0, down: 1, click: 2, dblclick: 4, focus: 5, blur: 6 } as const;

/** Any JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** An event whose frame is known to be sound; what is inside `data` is checked where it is used. */
export interface RrwebEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data: Json;
}

const nothing: Json = {};

/** The value as an event, or what keeps it from being one, in words. */
export function readEvent(value: unknown): RrwebEvent | string {
  if (!isObject(value)) return `an event is an object, this is ${describe(value)}`;
  const { type, timestamp, data } = value;
  if (typeof type !== 'number' || !Number.isInteger(type)) return 'it has no number "type"';
  if (typeof timestamp !== 'number' || !Number.isFinite(timestamp)) return 'it has no number "timestamp"';
  if (type === EventType.domContentLoaded || type === EventType.load) return { type, timestamp, data: nothing };
  if (!isObject(data)) return `its "data" is ${describe(data)}, not an object`;
  return { type, timestamp, data };
}

/** True for JSON objects, false for arrays and null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a JSON array; none where it is no array. */
export function objectsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
