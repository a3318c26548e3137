/** What one rule or one inline style says about one box, as CSS text. */
export interface Declarations {
  readonly display?: string;
  readonly visibility?: string;
  readonly position?: string;
  readonly float?: string;
  readonly content?: string;
  readonly contentVisibility?: string;
  readonly vars?: Readonly<Record<string, string>>;
}

/** The properties that decide a snapshot, each by its name in CSS. */
export const properties = {
  display: 'display',
  visibility: 'visibility',
  position: 'position',
  float: 'float',
  content: 'content',
  'content-visibility': 'contentVisibility',
} as const;

/** The key of a property in `Declarations`. */
export type PropertyKey = (typeof properties)[keyof typeof properties];

/** Keys in a fixed order: the bit of a property is its place here. */
export const propertyKeys: readonly PropertyKey[] = Object.values(properties);

/** The bits of the properties that are declared. */
export function maskOf(declarations: Declarations): number {
  let mask = 0;
  propertyKeys.forEach((key, bit) => {
    if (declarations[key] !== undefined) mask |= 1 << bit;
  });
  return mask;
}
