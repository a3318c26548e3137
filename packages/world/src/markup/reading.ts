import type { BlockRule, DomNode, Grammar } from '@backlot/protocol';

/** What readers of blocks have in common. */
export interface Reading {
  readonly grammar: Grammar;
  readonly lines: readonly string[];
  readonly inline: (text: string) => readonly DomNode[];
  /** Reads lines inside of a block; text alone where blocks are nested too deep. */
  readonly blocks: (lines: readonly string[]) => readonly DomNode[];
  /** True where a line begins a block that interrupts the one before. */
  readonly interrupts: (at: number) => boolean;
}

/** What a block made of the lines from a place on, and the line after it. */
export interface Block {
  readonly nodes: readonly DomNode[];
  readonly next: number;
}

export type RuleOf<Name extends BlockRule['block']> = Extract<BlockRule, { block: Name }>;

export const isBlankLine = (line: string | undefined): boolean => line === undefined || line.trim() === '';
