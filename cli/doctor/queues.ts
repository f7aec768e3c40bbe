import { isNotFound } from '../aws-fault';
import { numbered } from '../incident-text';
import { deployAgain, missing, ok, warning, type Answer, type Check, type Site } from './check';

type Attributes = Readonly<Record<string, string>>;

/** What is known of a queue; undefined when it is not there. */
async function attributesOf({ deployment }: Site, name: string): Promise<Attributes | undefined> {
  const sqs = await deployment.client('sqs');
  try {
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: name });
    return (await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] })).Attributes ?? {};
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isEncrypted({ SqsManagedSseEnabled, KmsMasterKeyId = '' }: Attributes): boolean {
  return SqsManagedSseEnabled === 'true' || KmsMasterKeyId !== '';
}

/** The queue that messages go to when they fail too often. */
function deadLettersOf({ RedrivePolicy = '{}' }: Attributes): string {
  const { deadLetterTargetArn = '' } = JSON.parse(RedrivePolicy) as { deadLetterTargetArn?: string };
  return deadLetterTargetArn.split(':').at(-1) ?? '';
}

function ofWork(name: string, queue: Attributes): Answer {
  const waiting = Number(queue.ApproximateNumberOfMessages ?? 0);
  if (deadLettersOf(queue) !== `${name}-dead-letters`) {
    return missing(`${name}-work sends what fails to no ${name}-dead-letters: it would be lost`, deployAgain);
  }
  if (!isEncrypted(queue)) return warning(`${name}-work is not encrypted`, deployAgain);
  return ok(`${name}-work, encrypted, ${numbered(waiting, 'message')} waiting`);
}

function ofDeadLetters(name: string, queue: Attributes): Answer {
  const dead = Number(queue.ApproximateNumberOfMessages ?? 0);
  if (dead > 0) {
    return warning(
      `${numbered(dead, 'message')} in ${name}-dead-letters: events that nobody has taken care of`,
      `look at why in the logs of ${name}-worker, then send them back: aws sqs start-message-move-task`,
    );
  }
  return isEncrypted(queue)
    ? ok(`${name}-dead-letters, encrypted, empty`)
    : warning(`${name}-dead-letters is not encrypted`, deployAgain);
}

function queueCheck(what: string, suffix: string, judge: (name: string, queue: Attributes) => Answer): Check {
  return {
    name: what,
    look: async (site) => {
      const { name } = site.deployment;
      const queue = await attributesOf(site, `${name}-${suffix}`);
      return queue ? judge(name, queue) : missing(`there is no queue ${name}-${suffix}`, deployAgain);
    },
  };
}

/** Where events wait, and where those end that could not be taken. */
export const queueChecks: readonly Check[] = [
  queueCheck('work queue', 'work', ofWork),
  queueCheck('dead letters', 'dead-letters', ofDeadLetters),
];
