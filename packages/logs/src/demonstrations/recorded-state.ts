import { isObject, objectsOf } from '../rrweb/events.ts';
import type { Json } from '../rrweb/events.ts';

/**
 * One record of a MiniWoB++ demonstration: a DOM event with the page as it stood when the event was seen. Each event is seen
 * on its way down to its target (`phase` 1) and on its way up (3).
 */
export interface RecordedState {
  /** Milliseconds since the episode began. */
  readonly time: number;
  /** Null for the first record, which tells the page only. */
  readonly event: RecordedEvent | null;
  readonly dom: RecordedNode;
}

export interface RecordedEvent {
  readonly type: string;
  readonly keyCode: number;
  readonly phase: number;
}

/** An element (`text` of a leaf is its content), or a piece of text among elements, whose tag is `t`. */
export interface RecordedNode {
  readonly tag: string;
  /** The recorder's number of the element: mostly stays, but numbers are given twice and given anew. */
  readonly ref: number;
  readonly id: string;
  readonly classes: string;
  readonly text: string;
  /** Live state of a field. */
  readonly value: string | boolean | undefined;
  readonly focused: boolean;
  /** True where this is the target of the event. */
  readonly target: boolean;
  readonly children: readonly RecordedNode[];
}

/** Deeper trees do not come from a page. */
const MAX_DEPTH = 500;

/** True where an element of a file's array is of this format, sound or not. */
export function isRecordedState(value: unknown): boolean {
  return isObject(value) && 'dom' in value && 'time' in value && !('type' in value);
}

/** The value as a record, or what keeps it from being one, in words. */
export function readState(value: unknown): RecordedState | string {
  if (!isObject(value) || !isRecordedState(value)) return 'a record of a demonstration has "time", "action" and "dom"';
  const { time, action } = value;
  if (typeof time !== 'number' || !Number.isFinite(time)) return 'it has no number "time"';
  const event = readAction(action);
  if (event === undefined) return 'its "action" is neither null nor an object with a "type"';
  const dom = isObject(value['dom']) ? readNode(value['dom'], 0) : null;
  return dom === null ? 'its "dom" has no "tag"' : { time, event, dom };
}

function readAction(action: unknown): RecordedEvent | null | undefined {
  if (action === null || action === undefined) return null;
  if (!isObject(action) || typeof action['type'] !== 'string') return undefined;
  return { type: action['type'], keyCode: Number(action['keyCode'] ?? 0), phase: Number(action['timing'] ?? 1) };
}

function readNode(json: Json, depth: number): RecordedNode | null {
  const { tag, ref, id, classes, text, value } = json;
  if (typeof tag !== 'string' || !/^[a-z][\w-]*$/i.test(tag) || depth > MAX_DEPTH) return null;
  return {
    tag,
    ref: typeof ref === 'number' ? ref : 0,
    id: textOf(id),
    classes: textOf(classes),
    text: textOf(text),
    value: typeof value === 'string' || typeof value === 'boolean' ? value : undefined,
    focused: json['focused'] === true,
    target: json['recordingTarget'] === true,
    children: objectsOf(json['children']).flatMap((child) => readNode(child, depth + 1) ?? []),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
