import { actionKinds, actionSchema, type Action } from '@backlot/protocol';

const quotedText = '"(?:[^"\\\\]|\\\\.)*"';
const spoken = new RegExp(`^(${actionKinds.join('|')})(?:\\s+([a-z]+)\\s+(${quotedText})(?:\\s+#(\\d{1,6}))?)?(?:\\s+(${quotedText}))?$`);

/**
 * Reads an action as people write it: JSON, or the words of `sayAction`: `click button "Save"`, `fill textbox "Title" "Tea"`,
 * `click link "More" #2`, `goto "/items"`.
 * @throws an error that says how it is written
 */
export function readAction(text: string): Action {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return fromJson(trimmed);
  const parts = spoken.exec(trimmed);
  if (parts === null) {
    throw new Error(`${JSON.stringify(text)} is no action. Write it like: click button "Save", fill textbox "Title" "Tea", goto "/items".`);
  }
  const [, kind, role, name, nth, value] = parts;
  const target = role === undefined ? {} : { target: { role, name: unquoted(name), nth: nth === undefined ? 0 : Number(nth) - 1 } };
  return checked({ kind, ...target, ...(value === undefined ? {} : { value: unquoted(value) }) });
}

function fromJson(text: string): Action {
  try {
    return checked(JSON.parse(text));
  } catch (cause) {
    throw new Error(`This is no action in JSON: ${(cause as Error).message}`, { cause });
  }
}

function checked(value: unknown): Action {
  const parsed = actionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`No action: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}.`);
}

const unquoted = (text: string | undefined): string => {
  try {
    return JSON.parse(text ?? '""') as string;
  } catch {
    return (text ?? '""').slice(1, -1);
  }
};
