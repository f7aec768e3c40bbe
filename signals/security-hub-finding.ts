import { z } from 'zod';
import { bucketOfArn } from './bucket-of-arn';
import type { Envelope } from './envelope';
import { plainText } from './plain-text';
import type { Signal } from './signal';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'security-hub-finding';

/** Controls that a public bucket fails, by their own ids and by those that the CIS benchmarks give them. */
const controls = [
  'S3.2', // nobody reads it
  'S3.3', // nobody writes to it
  'S3.8', // its own block of public access is on
  'cis-aws-foundations-benchmark/v/1.2.0/rule/2.3', // the same, of the bucket of a trail
  'cis-aws-foundations-benchmark/v/1.4.0/2.1.5.2',
  'cis-aws-foundations-benchmark/v/3.0.0/2.1.4.2',
];

const findingSchema = z.object({
  Id: nameText,
  AwsAccountId: nameText,
  GeneratorId: z.string().default(''),
  UpdatedAt: nameText.optional(),
  RecordState: z.string().default('ACTIVE'),
  Workflow: z.object({ Status: z.string() }).optional(),
  Compliance: z.object({ Status: z.string().optional(), SecurityControlId: z.string().optional() }).optional(),
  Resources: z.array(z.object({ Type: z.string(), Id: nameText, Region: z.string().optional() })).default([]),
});
type Finding = z.infer<typeof findingSchema>;

/** Security Hub has a control fail, or pass again. Of its many controls those are read that public buckets fail. */
export const securityHubFinding = defineSource({
  name,
  pattern: { source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported'] },
  tells: ['bucket-public'],
  worthwhile: { findings: { Resources: { Type: ['AwsS3Bucket'] } } },
  detail: z.object({ findings: z.array(findingSchema).min(1) }),
  read: ({ findings }, event) => {
    const read = findings.map((finding) => signalsOf(finding, event));
    const [first, ...others] = read.flatMap((one) => (typeof one === 'string' ? [] : one));
    if (first) return { kind: 'signals', signals: [first, ...others] };
    return ignored(read.find((one) => typeof one === 'string') ?? 'the event holds no finding');
  },
});

/** The signals of one finding; or why it has none. */
function signalsOf(finding: Finding, event: Envelope): readonly Signal[] | string {
  const { Id, AwsAccountId, GeneratorId, Compliance, RecordState, Workflow, Resources, UpdatedAt } = finding;
  const control = Compliance?.SecurityControlId ?? GeneratorId;
  const known = controls.find((one) => control === one || control.endsWith(`/${one}`));
  const about = plainText(control, 80);
  if (known === undefined) return `what is done about the control ${about} is for people to decide`;
  const verdict = Compliance?.Status;
  if (verdict !== 'FAILED' && verdict !== 'PASSED') return `the control ${about} has come to no verdict`;
  const isOver = RecordState !== 'ACTIVE' || Workflow?.Status === 'SUPPRESSED' || Workflow?.Status === 'RESOLVED';
  if (verdict === 'FAILED' && isOver) return `the finding of ${about} is archived, resolved or suppressed`;
  const buckets = Resources.flatMap(({ Type, Id: arn, Region = event.region }) =>
    Type === 'AwsS3Bucket' && Region === event.region && AwsAccountId === event.account
      ? (bucketOfArn(arn, event) ?? [])
      : [],
  );
  if (buckets.length === 0) return `the finding of ${about} names no bucket of ${event.account} ${event.region}`;
  return buckets.map((bucket) => ({
    kind: verdict === 'FAILED' ? 'unhealthy' : 'recovered',
    condition: 'bucket-public',
    ...telling(event, {
      source: name,
      resource: bucket,
      fact: `${Id} ${verdict}@${UpdatedAt ?? event.at}`,
      detail: `${bucket.id} has ${verdict} the control ${about}`,
    }),
  }));
}
