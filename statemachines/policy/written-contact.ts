import { z } from 'zod';
import type { Contact } from '../policy';

/** An SNS topic that people read. A FIFO topic cannot be subscribed to by e-mail or chat. */
const topicPattern = /^arn:aws(-[a-z]+)*:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,256}$/;

/** Who is called: a topic, or OpsItems. */
export const contact = z
  .strictObject({
    topic: z
      .string()
      .regex(topicPattern, 'write the ARN of a standard SNS topic: arn:aws:sns:REGION:ACCOUNT:NAME')
      .optional(),
    format: z.enum(['email', 'chat']).optional().meta({ description: 'Of a topic. If absent: email.' }),
    opsItems: z
      .literal(true, 'write true, or a topic instead')
      .optional()
      .meta({ description: 'Instead of a topic: OpsItems in Systems Manager, in the account that Homeostat runs in.' }),
    severity: z.int().min(1).max(4).optional().meta({ description: 'Of OpsItems: 1 is the worst. If absent: 2.' }),
  })
  .transform((written, context): Contact => {
    const { topic, format = 'email', opsItems, severity = 2 } = written;
    const stray = opsItems ? 'format' : 'severity';
    if (topic === undefined && !opsItems) context.addIssue('write a topic, or opsItems: true');
    else if (topic !== undefined && opsItems) context.addIssue('write a topic or opsItems: make two contacts of it');
    else if (written[stray] !== undefined) context.addIssue(`${stray} is not of this kind of contact`);
    return topic === undefined ? { opsItems: true, severity } : { topic, format };
  })
  .meta({
    anyOf: [{ required: ['topic'] }, { required: ['opsItems'] }],
  });
