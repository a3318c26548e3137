import { z } from 'zod';

/**
 * A text node. `id` is the recorder's node number: evidence of identity within one page life, never data.
 */
export interface DomText {
  readonly text: string;
  readonly id?: number;
}

/**
 * An element of a canonical DOM: lower-case tag, attributes as strings, live form state folded into the attributes
 * `value` (fields), `checked` (boxes, empty string when on) and `selected` (options), as rrweb records it.
 * `key` is set on rendered nodes only: the stable name of the element in the world (anchor and row ids).
 */
export interface DomElement {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly DomNode[];
  readonly svg?: boolean;
  readonly id?: number;
  readonly key?: string;
}

export type DomNode = DomElement | DomText;

/** True for elements, false for text nodes. */
export function isElement(node: DomNode): node is DomElement {
  return 'tag' in node;
}

export const domNodeSchema: z.ZodType<DomNode> = z.lazy(() =>
  z.union([
    z.object({ text: z.string(), id: z.number().optional() }),
    z.object({
      tag: z.string(),
      attrs: z.record(z.string(), z.string()),
      children: z.array(domNodeSchema),
      svg: z.boolean().optional(),
      id: z.number().optional(),
      key: z.string().optional(),
    }),
  ]),
) as z.ZodType<DomNode>;
