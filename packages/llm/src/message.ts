import { z } from 'zod';
import type { AnswerTool, AskRequest, JsonSchema } from './asker.ts';
import type { ModelTerms } from './models.ts';
import type { Message, Reply } from './wire.ts';

/** The request for a question. The prefix up to the end of `context`, tool included, is marked for the service's cache. */
export function messageOf({ system, context, question, tool, maxTokens }: AskRequest, model: string, { choice }: ModelTerms): Message {
  const { name, description } = tool;
  const forced = choice === 'tool';
  const schema = jsonSchemaOf(tool);
  return {
    model,
    max_tokens: maxTokens,
    system: [
      { type: 'text', text: forced ? system : `${system}\n\nAnswer by calling the tool ${name}, once, and in no other way.` },
      { type: 'text', text: context, cache_control: { type: 'ephemeral' } },
    ],
    tools: [{ name, description, input_schema: schema, ...(fitsStrict(schema) ? { strict: true } : {}) }],
    tool_choice: forced ? { type: 'tool', name, disable_parallel_tool_use: true } : { type: 'auto', disable_parallel_tool_use: true },
    ...(forced ? { thinking: { type: 'disabled' } } : {}),
    messages: [{ role: 'user', content: question }],
  };
}

function isZod(schema: AnswerTool['schema']): schema is z.ZodType {
  return schema instanceof z.ZodType;
}

/** The schema of a tool's input as JSON schema. */
function jsonSchemaOf({ schema }: AnswerTool): JsonSchema {
  if (!isZod(schema)) return schema;
  const { $schema: _version, ...rest } = z.toJSONSchema(schema);
  return rest;
}

const unsupported = new Set(['$ref', 'minimum', 'maximum', 'minLength', 'maxLength', 'maxItems', 'patternProperties', 'propertyNames']);

/** True where the service can hold the answer to the schema while it is written: closed objects, no recursion, no bounds. */
function fitsStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(fitsStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const node = schema as JsonSchema;
  if ('type' in node && node['type'] === 'object' && node['additionalProperties'] !== false) return false;
  return Object.entries(node).every(([key, part]) => {
    if (key === 'properties') return Object.values(part as object).every(fitsStrict);
    if (key === 'enum' || key === 'const' || key === 'default') return true;
    return !unsupported.has(key) && fitsStrict(part);
  });
}

/** The input that a reply gives to the tool, or why there is none. */
export function inputOf(reply: Reply, { tool, maxTokens }: AskRequest): { readonly input: unknown } | { readonly unanswered: string } {
  if (reply.stop_reason === 'max_tokens') {
    return { unanswered: `The answer was cut off at ${maxTokens} tokens; allow more, or ask for less.` };
  }
  if (reply.stop_reason === 'refusal') return { unanswered: 'The model declined to answer.' };
  const call = reply.content.find((part) => part.type === 'tool_use' && part['name'] === tool.name);
  if (!call) return { unanswered: `The model answered without calling the tool ${tool.name} (it stopped with ${reply.stop_reason}).` };
  const input = call['input'];
  if (!isZod(tool.schema)) {
    const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
    return isObject ? { input } : { unanswered: `The input of the tool ${tool.name} is no object.` };
  }
  const read = tool.schema.safeParse(input);
  if (read.success) return { input: read.data };
  const [issue] = read.error.issues;
  const place = issue?.path.join('.');
  return { unanswered: `The input of the tool ${tool.name} does not fit its schema${place ? ` at ${place}` : ''}: ${issue?.message}` };
}
