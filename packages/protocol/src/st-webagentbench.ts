import { z } from 'zod';

/** One policy of a task in the form of ST-WebAgentBench (`policies[]` of its tasks), as far as it is read here. */
const foreignPolicySchema = z.object({
  policy_template_id: z.string(),
  policy_category: z.string().nullish(),
  source: z.string().nullish(),
  description: z.string().nullish(),
  policy_template: z.string().nullish(),
  eval: z.looseObject({
    eval_types: z.array(z.string()).min(1),
    must_include: z.union([z.string(), z.array(z.string())]).nullish(),
    must_include_action: z.string().nullish(),
    reference_url: z.string().nullish(),
    url_note: z.string().nullish(),
    action_type: z.string().nullish(),
    global_count_less_than: z.number().nullish(),
    sensitive_data: z.union([z.string(), z.array(z.string())]).nullish(),
  }),
});
export type ForeignPolicy = z.infer<typeof foreignPolicySchema>;

export const foreignPoliciesSchema = z.array(foreignPolicySchema).max(900);
