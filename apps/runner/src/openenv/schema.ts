import { openEnvActionSchema, openEnvObservationSchema, openEnvStateSchema } from '@backlot/protocol';
import { z } from 'zod';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => z.toJSONSchema(schema, { io });

/** JSON schemas of actions, observations and state, as OpenEnv's `/schema` gives them. */
export const openEnvSchemas = {
  action: jsonSchema(openEnvActionSchema, 'input'),
  observation: jsonSchema(openEnvObservationSchema, 'output'),
  state: jsonSchema(openEnvStateSchema, 'output'),
};
