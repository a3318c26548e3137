import { z } from 'zod';
import { featureCount } from './hashing.ts';
import type { Learned } from './learner.ts';
import { LinearPolicy } from './linear-policy.ts';

const policySchema = z.object({
  v: z.literal(1),
  kind: z.literal('linear'),
  /** What it was trained on, for people. */
  trained: z.record(z.string(), z.union([z.string(), z.number()])),
  repertoire: z.object({ acts: z.array(z.string()), texts: z.array(z.string()) }),
  /** Feature and weight in turn, by ascending feature. */
  weights: z.array(z.number()),
});

/** The text of a learner's file: the same learner gives the same bytes. */
export function policyFileText({ policy, repertoire }: Learned, trained: Readonly<Record<string, string | number>>): string {
  const weights = [...policy.weights()].flatMap(([feature, weight]) => [feature, Number(weight.toPrecision(6))]);
  return `${JSON.stringify({ v: 1, kind: 'linear', trained, repertoire, weights })}\n`;
}

/** Reads a learner's file. @throws an error that says what is wrong with it */
export function readPolicyFile(text: string): Learned {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is no JSON. Name a file that `backlot train` wrote.');
  }
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.') || 'the top'}: ${issue?.message}. Name a file that \`backlot train\` wrote.`);
  }
  const { repertoire, weights } = parsed.data;
  return { repertoire, policy: new LinearPolicy(pairsOf(weights)) };
}

function* pairsOf(weights: readonly number[]): Generator<readonly [feature: number, weight: number]> {
  for (let i = 0; i + 1 < weights.length; i += 2) {
    const [feature, weight] = [weights[i] as number, weights[i + 1] as number];
    if (Number.isInteger(feature) && feature >= 0 && feature < featureCount) yield [feature, weight];
  }
}
