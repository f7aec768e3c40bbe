import { z } from 'zod';
import { chatOf } from '../../../runtime/escalation/chat';
import {
  askingMessage,
  digestAbout,
  endlessMessage,
  givenUp,
  heldMessage,
  hostileNames,
  messageAbout,
} from './history';

const text = z.string().min(1);

/** A custom notification, as the documentation of Amazon Q Developer in chat applications describes it. */
const customNotification = z.strictObject({
  version: z.literal('1.0'),
  source: z.literal('custom'),
  id: text.optional(),
  content: z.strictObject({
    textType: z.literal('client-markdown').optional(),
    title: text.optional(),
    description: text,
    nextSteps: z.array(text).optional(),
    keywords: z.array(text).optional(),
  }),
  metadata: z
    .strictObject({
      threadId: text.optional(),
      summary: text.optional(),
      eventType: text.optional(),
      relatedResources: z.array(text).optional(),
      additionalContext: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});

const read = (json: string) => customNotification.parse(JSON.parse(json));

describe('a chat message', () => {
  it('is a custom notification in the thread of its incident', async () => {
    const { told } = await givenUp();
    const { content, metadata, id } = read(chatOf(told[0]!.message));
    expect(id).toBe('inc-1-escalated-0');
    expect(metadata).toMatchObject({
      threadId: 'inc-1',
      eventType: 'incident.escalated',
      relatedResources: ['111122223333/eu-central-1/ec2-instance/i-0abc'],
    });
    expect(content.title).toBe('Needs you: EC2 instance i-0abc (ec2-instance-impaired)');
    expect(content.description).toBe(`Homeostat gives up: nothing that may be tried is left.
Homeostat does nothing more. Unless somebody acknowledges it, manager is called in 15m.
*Sick:* EC2 instance i-0abc in eu-central-1, account 111122223333
*Since:* 2026-03-02 02:50 UTC (10m30s before this message)
*What was seen:*
• web-1 status is ALARM: 2 datapoints over 0.0
• at 2026-03-02 03:00 UTC: i-0abc fails its instance status check
*What was tried:*
• reboot-instance was done and did not help: i-0abc fails its instance status check
*What was not done:*
• replace-instance refused: i-0abc is a member of web, whose Launch process is suspended`);
    expect(content.nextSteps?.at(-1)).toBe(
      'alarm web-1 status: https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#alarmsV2:alarm/web-1%20status',
    );
  });

  it('says how to answer before all else that there is to do', async () => {
    const { told } = await givenUp();
    const link = { label: 'Acknowledge', url: 'https://page.example/answer/T0-k_en' };
    const answer = { ...told[0]!.message.answer!, link };
    const { content, metadata } = read(chatOf({ ...told[0]!.message, answer }));
    expect(content.nextSteps?.slice(0, 2)).toEqual([
      'Acknowledge: https://page.example/answer/T0-k_en',
      'To say that you have it: homeostat acknowledge inc-1',
    ]);
    expect(JSON.stringify([content.title, content.keywords, metadata])).not.toContain('page.example');
  });

  const kinds = { escalated: messageAbout, held: heldMessage, approval: askingMessage, digest: digestAbout };

  it.each(Object.entries(kinds).flatMap(([kind, about]) => hostileNames.map((name) => [kind, name, about] as const)))(
    '(%s) about something named %j calls nobody, links nowhere and marks nothing up',
    (_kind, name, about) => {
      const message = about(name);
      const { content, metadata } = read(chatOf(message));
      const plain = read(chatOf(about('web'))).content;
      const shown = [content.title, content.description, metadata?.summary, ...(content.nextSteps ?? [])].join('\n');
      // Slack takes what stands in angle brackets for a mention or a link, and a bare & for the start of an entity.
      expect(shown).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      // Mentions and emphasis have an invisible space before them; our own headings are the only marks, and addresses are none.
      expect(shown.replace(/^\*[A-Z][a-z ]+:\*|https:\S+$/gm, '')).not.toMatch(
        /(?<!\u200b)[*`~[]|(?<![A-Za-z0-9\u200b])[@_]/,
      );
      expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      expect(content.description.split('\n')).toHaveLength(plain.description.split('\n').length);
      expect(content.nextSteps).toHaveLength(plain.nextSteps?.length ?? 0);
      for (const step of content.nextSteps?.slice(content.nextSteps.length - message.links.length) ?? [])
        expect(step).toMatch(/: https:\/\/[\w.-]+\.aws\.amazon\.com\/[\w%./?=&#:;-]+$/);
    },
  );

  it('keeps a name with underscores as it can be copied', () => {
    expect(read(chatOf(messageAbout('web_prod_1'))).content.title).toContain('web_prod_1');
  });

  it('of an endless history is cut at a line, with a note', () => {
    const { content } = read(chatOf(endlessMessage()));
    expect(content.description.length).toBeLessThanOrEqual(8_000);
    expect(content.description).toMatch(/&amp;…\n… the rest is in the history of the incident$/);
  });
});
