import type { Expr, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import { expect } from 'vitest';
import type { Derived, DeriveExample, DeriveOptions } from '../../src/derive/derive.ts';
import { derive } from '../../src/derive/derive.ts';
import { example } from '../fixtures/scopes.ts';

/** Registers a, b, c, … as inputs. */
export const inputsOf = (count: number): readonly Expr[] =>
  Array.from({ length: count }, (_, i) => ({ reg: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ'.charAt(i) }));

/** Value of an expression over those inputs. */
export function run(expr: Expr, inputs: readonly Value[]): Value {
  const registers = Object.fromEntries(inputs.map((value, i) => [(inputsOf(inputs.length)[i] as { reg: string }).reg, value]));
  return evaluate(expr, example(null, registers).scope);
}

/** A row is inputs and then the output; one value alone is one input. */
export function examplesOf(rows: readonly (readonly Value[])[]): readonly DeriveExample[] {
  return rows.map((row) => ({ inputs: row.slice(0, -1), output: row.at(-1) ?? null }));
}

export function learn(rows: readonly (readonly Value[])[], options?: DeriveOptions): Derived | null {
  return derive(inputsOf((rows[0]?.length ?? 1) - 1), examplesOf(rows), options);
}

/** Learns from some rows and expects the others to come out right. */
export function generalises(seen: readonly (readonly Value[])[], unseen: readonly (readonly Value[])[]): void {
  const learned = learn(seen);
  expect(learned, 'something is derived').not.toBeNull();
  for (const { inputs, output } of examplesOf([...seen, ...unseen])) {
    const got = learned ? run(learned.expr, inputs) : null;
    expect(typeof output === 'string' ? toText(got) : got, JSON.stringify({ inputs, expr: learned?.expr })).toEqual(output);
  }
}
