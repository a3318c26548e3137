/** The part of css-tree that the compiler uses: the package ships no types. */
declare module 'css-tree' {
  export interface CssNode {
    readonly type: string;
    readonly name?: string | CssNode;
    readonly value?: string | CssNode | null;
    readonly property?: string;
    readonly important?: boolean | string;
    readonly unit?: string;
    readonly kind?: string;
    readonly modifier?: string | null;
    readonly mediaType?: string | null;
    readonly condition?: CssNode | null;
    readonly selector?: CssNode | null;
    readonly left?: CssNode;
    readonly right?: CssNode | null;
    readonly middle?: CssNode;
    readonly leftComparison?: string;
    readonly rightComparison?: string | null;
    readonly prelude?: CssNode | null;
    readonly block?: CssNode | null;
    children?: readonly CssNode[] | null;
  }

  export interface ParseOptions {
    readonly context?: string;
    readonly parseValue?: boolean;
    readonly parseCustomProperty?: boolean;
    readonly onParseError?: (error: Error) => void;
  }

  export function parse(text: string, options?: ParseOptions): CssNode;
  export function generate(node: CssNode): string;
  export function toPlainObject(node: CssNode): CssNode;
  export function fromPlainObject(node: CssNode): CssNode;
}
