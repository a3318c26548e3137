import { foreignPoliciesSchema, policySchema, type Condition, type ForeignPolicy, type Policy, type PolicyRule } from '@backlot/protocol';
import { listOf } from './condition.ts';

/** What of foreign policies could be said here, and what could not, with the reason. */
export interface ImportedPolicies {
  readonly policy: Policy;
  readonly left: readonly { readonly index: number; readonly template: string; readonly why: string }[];
}

const sources: Readonly<Record<string, Policy['source']>> = { organization: 'organization', user: 'user', task: 'task' };

/**
 * Reads `policies[]` of an ST-WebAgentBench task into one policy. Its policies forbid; what none forbids is allowed. Templates that
 * need the page's inner structure (selectors, program_html) or a judgement of words (hallucination, made-up rules) are left, and named.
 * @throws where the value is no list of policies
 */
export function importStWebAgentBench(value: unknown, name = 'st-webagentbench'): ImportedPolicies {
  const flat = Array.isArray(value) ? value.flat() : value;
  const parsed = foreignPoliciesSchema.safeParse(flat);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`These are no policies of ST-WebAgentBench: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}.`);
  }
  const rules: PolicyRule[] = [];
  const secrets: string[] = [];
  const left: ImportedPolicies['left'][number][] = [];
  parsed.data.forEach((foreign, index) => {
    const read = readForeign(foreign);
    if (typeof read === 'string') left.push({ index, template: foreign.policy_template_id, why: read });
    else {
      const { verb, when, secret } = read;
      const reason = (foreign.policy_template || foreign.description || foreign.policy_template_id).slice(0, 1000);
      rules.push({ id: `${index}-${foreign.policy_template_id}`.slice(0, 500), [verb]: reason, when });
      secrets.push(...secret);
    }
  });
  rules.push({ id: 'rest', allow: 'No policy of the task forbids it.', when: {} });
  const head = { v: 1 as const, name, doubt: 'lenient' as const, ...sourceOf(parsed.data) };
  return { policy: policySchema.parse({ ...head, ...(secrets.length === 0 ? {} : { secrets: [...new Set(secrets)] }), rules }), left };
}

function sourceOf(policies: readonly ForeignPolicy[]): { readonly source?: Policy['source'] } {
  const [first, ...more] = new Set(policies.map(({ source }) => source ?? ''));
  const source = more.length === 0 ? sources[first ?? ''] : undefined;
  return source === undefined ? {} : { source };
}

interface Read {
  readonly verb: 'deny' | 'ask';
  readonly when: Condition;
  readonly secret: readonly string[];
}

const kinds: Readonly<Record<string, NonNullable<Condition['action']>>> = {
  click: ['click', 'dblclick'],
  fill: 'fill',
  type: 'fill',
  press: 'press',
  select_option: 'select',
  goto: 'goto',
};

function readForeign({ eval: asked }: ForeignPolicy): Read | string {
  const named = alternatives(asked.must_include).map((text) => `*${text}*`);
  const action = kindsOf(asked.must_include_action ?? asked.action_type);
  const target = named.length === 0 ? {} : { target: { name: named } };
  switch (asked.eval_types[0]) {
    case 'is_url_match':
      return readUrl(asked.reference_url);
    case 'is_ask_the_user':
      return named.length === 0
        ? 'it does not say what the user is asked about'
        : { verb: 'ask', when: { action: ['click', 'dblclick'], ...target }, secret: [] };
    case 'element_action_match':
      if (named.length === 0) return 'it names its element by a selector';
      return { verb: 'deny', when: { ...action, ...target }, secret: [] };
    case 'is_action_count':
      return readCount({ ...action, ...target }, asked.global_count_less_than);
    case 'is_sensitive_data':
      return readSensitive(alternatives(asked.sensitive_data ?? asked.must_include));
    default:
      return `nothing here says what ${asked.eval_types[0]} says`;
  }
}

function kindsOf(kind: string | null | undefined): { readonly action?: NonNullable<Condition['action']> } {
  const action = kinds[kind ?? ''];
  return action === undefined ? {} : { action };
}

function readUrl(reference: string | null | undefined): Read | string {
  const addresses = alternatives(reference).map((text) => `*${text.replace(/^__[A-Z_]+__/, '')}*`);
  if (addresses.length === 0) return 'it names no address';
  return { verb: 'deny', when: { any: [{ to: addresses }, { action: 'goto', value: addresses }] }, secret: [] };
}

function readCount(when: Condition, lessThan: number | null | undefined): Read | string {
  if (typeof lessThan !== 'number') return 'it demands actions, and a guardrail can only keep back';
  return { verb: 'deny', when: { ...when, exceeds: { matches: Math.max(0, lessThan - 1) } }, secret: [] };
}

function readSensitive(texts: readonly string[]): Read {
  const secret = texts.filter((text) => text.length >= 4);
  return { verb: 'deny', when: { data: { kinds: ['secret', 'personal'], in: ['typed', 'sent'] } }, secret };
}

/** `a |OR| b`, or a list. */
function alternatives(text: string | readonly string[] | null | undefined): readonly string[] {
  const parts = typeof text === 'string' ? text.split('|OR|') : (text ?? []);
  return parts.map((part) => part.trim()).filter((part) => part !== '' && part.length <= 480);
}

/** A policy's forbidding rules that ST-WebAgentBench can say, and the names of those that it can't. */
export interface ExportedPolicies {
  readonly policies: readonly ForeignPolicy[];
  readonly left: readonly string[];
}

/** Writes rules about names, addresses and counts as `policies[]` of ST-WebAgentBench. Its policies only forbid, so `allow` rules are left. */
export function exportStWebAgentBench(policy: Policy): ExportedPolicies {
  const policies: ForeignPolicy[] = [];
  const left: string[] = [];
  for (const rule of policy.rules) {
    const written = writeRule(rule);
    if (written === null) left.push(rule.id);
    else
      policies.push({
        ...written,
        source: policy.source ?? 'organization',
        description: policy.description ?? policy.name,
        policy_template: reasonOf(rule),
      });
  }
  return { policies, left };
}

const reasonOf = (rule: PolicyRule): string => rule.deny ?? rule.ask ?? rule.end ?? rule.allow ?? '';

type Written = Pick<ForeignPolicy, 'policy_template_id' | 'policy_category' | 'eval'>;

function writeRule({ allow, ask, when }: PolicyRule): Written | null {
  const { action, target, to, exceeds, ...rest } = when;
  if (allow !== undefined || Object.keys(rest).length > 0) return null;
  if (to !== undefined) return action === undefined && target === undefined && exceeds === undefined ? writeAddress(to) : null;
  const named = writeTarget({ action, target });
  if (named === null) return null;
  if (ask !== undefined) {
    return { policy_template_id: 'ask_the_user', policy_category: 'user_consent', eval: { eval_types: ['is_ask_the_user'], ...named } };
  }
  const counted = exceeds === undefined ? {} : writeCount(exceeds);
  if (counted === null) return null;
  const type = exceeds === undefined ? 'element_action_match' : 'is_action_count';
  const evaluated = { eval_types: [type], ...named, ...counted };
  return { policy_template_id: 'irreversible_actions', policy_category: 'strict_execution', eval: evaluated };
}

function writeAddress(to: NonNullable<Condition['to']>): Written {
  const evaluated = { eval_types: ['is_url_match'], reference_url: joined(to), url_note: 'contains_any' };
  return { policy_template_id: 'navigation_limitation', policy_category: 'boundary_and_scope_limitation', eval: evaluated };
}

function writeTarget({
  action,
  target,
}: Pick<Condition, 'action' | 'target'>): Pick<ForeignPolicy['eval'], 'must_include' | 'must_include_action'> | null {
  const [only, ...more] = target === undefined ? [] : listOf(target);
  if (only?.name === undefined || only.role !== undefined || more.length > 0) return null;
  const kind = action === undefined ? null : (listOf(action)[0] ?? null);
  return { must_include: joined(only.name), must_include_action: kind };
}

/** Only a count of matches can be said. */
function writeCount({ matches, ...others }: NonNullable<Condition['exceeds']>): { readonly global_count_less_than: number } | null {
  return matches === undefined || Object.keys(others).length > 0 ? null : { global_count_less_than: matches + 1 };
}

const joined = (patterns: string | readonly string[]): string =>
  (typeof patterns === 'string' ? [patterns] : patterns).map((pattern) => pattern.replace(/^\*|\*$/g, '')).join(' |OR| ');
