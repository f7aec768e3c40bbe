import { timeText } from '../../replay/report';
import { numbered } from '../incident-text';
import type { Checkpoint } from './checkpoint';
import type { Counts } from './finish';
import type { PolicyNeeds } from './policy-needs';

/** What is told when a recording is done, with what to do next. */
export function summaryText(
  folder: string,
  source: string,
  { checkpoint, counts }: { readonly checkpoint: Checkpoint; readonly counts: Counts },
  needs: PolicyNeeds,
): string {
  const { described, gone, partly } = counts;
  const files = Object.keys(checkpoint.mark?.files ?? {}).length;
  return [
    `${folder}: ${eventsText(checkpoint)} in ${numbered(files, 'file')}, from ${source}`,
    ...leftOut(checkpoint),
    `${numbered(described, 'resource')} described${gone > 0 ? `, ${gone} gone since` : ''}${partly > 0 ? `, ${partly} in part` : ''}: see the top of account.yaml`,
    ...warnings(checkpoint, needs),
    ...nextText(folder),
  ].join('\n');
}

/** What is told where there is nothing left to do. */
export function doneText(folder: string, checkpoint: Checkpoint): string {
  return [`${folder} is done: ${eventsText(checkpoint)}`, ...nextText(folder)].join('\n');
}

function eventsText({ mark, period }: Checkpoint): string {
  const events = mark?.tally.events ?? 0;
  return `${numbered(events, 'event')} from ${timeText(period.since)} to ${timeText(period.until)}`;
}

function leftOut({ mark }: Checkpoint): readonly string[] {
  const { unread = {}, unreadable = 0 } = mark?.tally ?? {};
  const kinds = Object.entries(unread).map(([kind, count]) => `${count} ${kind}`);
  return [
    ...(kinds.length > 0 ? [`left out, since neither Homeostat nor the policy reads them: ${kinds.join(', ')}`] : []),
    ...(unreadable > 0 ? [`left out, since they are no events: ${unreadable}`] : []),
  ];
}

function warnings({ asked }: Checkpoint, { namesAccounts, asksForNames }: PolicyNeeds): readonly string[] {
  return [
    ...(namesAccounts && asked.accounts === 'replaced'
      ? [
          'The policy names accounts, and the recording has stand-ins for them: record with --keep-accounts to try it as it is.',
        ]
      : []),
    ...(asksForNames && asked.names === 'replaced'
      ? [
          'The policy may compare names of resources, and the recording has pseudonyms for them: then it takes others than it would.',
        ]
      : []),
  ];
}

function nextText(folder: string): readonly string[] {
  return [
    '',
    `Look at it:     homeostat replay ${folder}`,
    `Try a policy:   homeostat backtest ${folder} --policy FILE`,
  ];
}
