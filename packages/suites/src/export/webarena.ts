import type { Suite, Task, Verifier } from '@backlot/protocol';
import { compileVerifier } from '@backlot/reward';
import { appOf, json, templateOf, upperName, type Exported, type SuiteExport } from './files.ts';

/** A task in the form of WebArena's `config_files/*.json` (web-arena-x/webarena, commit f62e0b9). */
export interface WebArenaTask {
  readonly sites: readonly string[];
  readonly task_id: number;
  readonly require_login: boolean;
  readonly storage_state: string | null;
  readonly start_url: string;
  readonly geolocation: null;
  readonly intent_template: string;
  readonly instantiation_dict: Readonly<Record<string, string>>;
  readonly intent: string;
  readonly require_reset: boolean;
  readonly eval: {
    readonly eval_types: readonly ('string_match' | 'url_match' | 'program_html')[];
    readonly reference_answers:
      null | { readonly exact_match: string } | { readonly must_include: readonly string[] } | { readonly fuzzy_match: 'N/A' };
    readonly reference_url: string;
    readonly program_html: readonly {
      readonly url: string;
      readonly locator: string;
      readonly required_contents: { readonly exact_match: string };
    }[];
    readonly string_note: string;
    readonly reference_answer_raw_annotation: string;
  };
  readonly intent_template_id: number;
  /** What WebArena has no place for. Its readers pass over it. */
  readonly backlot: Pick<Task, 'id' | 'account' | 'setup' | 'oracle' | 'verifier' | 'maxSteps' | 'workflow'>;
}

/** `test.raw.json`, as `scripts/generate_test_data.py` splits it: addresses begin with the placeholder of the site. */
export const exportWebArena: SuiteExport = (exported) => [
  { path: 'test.raw.json', text: json(exported.suite.tasks.map((task, i) => webArenaTask(exported, task, i))) },
];

function webArenaTask(exported: Exported, task: Task, index: number): WebArenaTask {
  const { suite } = exported;
  const site = appOf(suite);
  const place = `__${upperName(site)}__`;
  const { template, values } = templateOf(task);
  const addresses = task.verifier.goals.flatMap((goal) => (goal.kind === 'at' ? [`${place}${goal.url}`] : []));
  const changes = task.verifier.goals.some((goal) => goal.kind !== 'at');
  const { id, account, setup, oracle, verifier, maxSteps, workflow } = task;
  return {
    sites: [site],
    task_id: index,
    require_login: false,
    storage_state: null,
    start_url: place,
    geolocation: null,
    intent_template: template,
    instantiation_dict: values,
    intent: task.instruction,
    require_reset: true,
    eval: {
      eval_types: [
        ...(verifier.answer ? (['string_match'] as const) : []),
        ...(addresses.length > 0 ? (['url_match'] as const) : []),
        ...(changes ? (['program_html'] as const) : []),
      ],
      reference_answers: referenceOf(verifier),
      reference_url: addresses.join(' |OR| '),
      program_html: changes ? [{ url: 'last', locator: stateCheck(exported, task), required_contents: { exact_match: 'true' } }] : [],
      string_note: '',
      reference_answer_raw_annotation: '',
    },
    intent_template_id: templateNumber(suite, task),
    backlot: { id, account, setup, oracle, verifier, maxSteps, workflow },
  };
}

/** What `string_match` compares; `N/A` is how its agents say that a task can't be done. */
function referenceOf({ answer }: Verifier): WebArenaTask['eval']['reference_answers'] {
  if (answer === undefined) return null;
  if (answer.kind === 'impossible') return { fuzzy_match: 'N/A' };
  return answer.kind === 'set' ? { must_include: answer.values } : { exact_match: String(answer.value) };
}

/** A locator that WebArena evaluates in the page (it has to begin with `document.`): the verifier over the state that a clone's page gives. */
function stateCheck({ world, startOf }: Exported, task: Task): string {
  return `document.defaultView.backlot && String((${compileVerifier(task.verifier, { world, start: startOf(task) })})(document.defaultView.backlot.state()).reward === 1)`;
}

function templateNumber({ tasks }: Suite, { workflow }: Task): number {
  return [...new Set(tasks.map((task) => task.workflow))].indexOf(workflow);
}
