import { z } from 'zod';

const services = ['sns.amazonaws.com', 'logs.amazonaws.com'];

const statement = z.object({
  Effect: z.literal('Allow'),
  Principal: z.object({ Service: z.string() }),
  Action: z.string(),
  Condition: z.record(z.string(), z.record(z.string(), z.string())),
});
const policy = z.object({ Statement: z.array(z.unknown()) });

/** Whom the policy of a function lets call it: SNS and CloudWatch Logs, each for the ARN of what it delivers. */
export function callersIn(text: string | undefined): readonly { readonly service: string; readonly arn: string }[] {
  const { Statement } = policy.parse(JSON.parse(text ?? '{"Statement":[]}'));
  return Statement.flatMap((one) => {
    // What is written in any other way allows more or less than an account file can say.
    const { data } = statement.safeParse(one);
    if (data?.Action !== 'lambda:InvokeFunction' || !services.includes(data.Principal.Service)) return [];
    const asked = Object.values(data.Condition).flatMap((keys) => Object.entries(keys));
    const [arn] = asked.flatMap(([key, value]) => (key.toLowerCase() === 'aws:sourcearn' ? [value] : []));
    return arn === undefined ? [] : [{ service: data.Principal.Service, arn }];
  });
}
