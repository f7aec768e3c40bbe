/** Where a fault strikes. */
export const faultClasses = [
  'delivery',
  'compute',
  'storage',
  'time',
  'aws',
  'people',
  'environment',
  'deploy',
  'adversary',
  'notification',
] as const;
export type FaultClass = (typeof faultClasses)[number];

/** One thing that goes wrong. */
interface FaultKind {
  readonly class: FaultClass;
  /** Completes "it happens that …". */
  readonly what: string;
  /** A trial that has this fault draws its probability, at each occasion, from 0 up to this. */
  readonly upTo: number;
}

/** All that goes wrong in a trial, by name. What counts as an occasion is the subsystem's that asks. */
export const faultKinds = {
  'event-twice': { class: 'delivery', what: 'EventBridge delivers an event twice', upTo: 0.5 },
  'event-late': { class: 'delivery', what: 'an event comes minutes to a day late', upTo: 0.2 },
  'event-lost': { class: 'delivery', what: 'an event never comes', upTo: 0.15 },
  'event-replayed': { class: 'delivery', what: 'an archive replays an old event', upTo: 0.2 },
  'message-twice': { class: 'delivery', what: 'a message is delivered again while it is worked on', upTo: 0.2 },
  'batch-answer-lost': {
    class: 'delivery',
    what: 'what a batch came to is lost, and all of it comes again',
    upTo: 0.2,
  },
  'message-malformed': { class: 'delivery', what: 'a message in the batch is no JSON', upTo: 0.2 },
  'worker-killed': { class: 'compute', what: 'a worker dies at a call', upTo: 0.04 },
  'worker-paused': { class: 'compute', what: 'a worker sleeps up to 20 minutes in a call, and goes on', upTo: 0.02 },
  'worker-stuck': { class: 'compute', what: 'a call never returns, until the function times out', upTo: 0.01 },
  'worker-throttled': { class: 'compute', what: 'no worker is free for a minute', upTo: 0.2 },
  'commit-unknown': { class: 'storage', what: 'a commit is written, and its answer lost', upTo: 0.15 },
  'commit-failed': { class: 'storage', what: 'a commit is not written, with the same error', upTo: 0.15 },
  'commit-conflict': { class: 'storage', what: 'a commit meets another on the same rows', upTo: 0.15 },
  'table-throttled': { class: 'storage', what: 'the table is too busy for a call', upTo: 0.05 },
  'list-stale': { class: 'storage', what: 'a list of incidents is some seconds old', upTo: 0.5 },
  'holds-unreadable': { class: 'storage', what: 'holds cannot be read', upTo: 0.2 },
  'holdings-unreadable': { class: 'storage', what: 'claims and starts cannot be read', upTo: 0.2 },
  'timer-late': { class: 'time', what: 'a timer fires up to ten minutes late', upTo: 0.4 },
  'timer-twice': { class: 'time', what: 'a timer fires twice', upTo: 0.4 },
  'timer-lost': { class: 'time', what: 'a timer never fires', upTo: 0.3 },
  'timer-refused': { class: 'time', what: 'a timer cannot be armed', upTo: 0.2 },
  'clock-skewed': { class: 'time', what: 'the clock of a worker is wrong by up to half a minute', upTo: 0.5 },
  'clock-stepped': { class: 'time', what: 'the clock of a worker is set back by up to half a minute', upTo: 0.05 },
  'sweep-missed': { class: 'time', what: 'the sweeper does not run', upTo: 0.4 },
  'aws-throttled': { class: 'aws', what: 'AWS throttles a call', upTo: 0.03 },
  'aws-unavailable': { class: 'aws', what: 'AWS answers 503, and does nothing', upTo: 0.03 },
  'aws-applied-503': { class: 'aws', what: 'AWS answers 503, and has done it', upTo: 0.6 },
  'aws-applied-400': { class: 'aws', what: 'AWS refuses, and has done it', upTo: 0.5 },
  'aws-answer-lost': { class: 'aws', what: 'AWS does it, and the answer is lost', upTo: 0.6 },
  'aws-request-lost': { class: 'aws', what: 'a request never reaches AWS', upTo: 0.6 },
  'aws-read-lags': { class: 'aws', what: 'reads show the state before a write for up to 45 seconds', upTo: 0.9 },
  'aws-denied': { class: 'aws', what: 'a permission is missing for a while', upTo: 0.02 },
  'aws-empty': { class: 'aws', what: 'a read answers with nothing', upTo: 0.02 },
  'aws-small-pages': { class: 'aws', what: 'answers come in pages of one or two', upTo: 1 },
  'resource-gone': { class: 'aws', what: 'somebody terminates a sick instance', upTo: 0.3 },
  'no-cure': { class: 'aws', what: 'what is done does not help', upTo: 0.5 },
  'no-answer': { class: 'people', what: 'people do not answer', upTo: 0.4 },
  'answer-twice': { class: 'people', what: 'somebody answers twice', upTo: 0.9 },
  'answer-late': { class: 'people', what: 'somebody answers after the time', upTo: 0.7 },
  'answer-contradicted': { class: 'people', what: 'one approves while another denies', upTo: 0.8 },
  'link-scanned': { class: 'people', what: 'a mail scanner opens links, and sends their forms', upTo: 1 },
  'link-swapped': { class: 'people', what: 'the token of one incident comes with the form of another', upTo: 0.9 },
  storm: { class: 'environment', what: 'many fall sick within a minute', upTo: 1 },
  flapping: { class: 'environment', what: 'a sickness comes and goes', upTo: 0.5 },
  'hold-flips': { class: 'environment', what: 'an operator sets a hold, and ends it later', upTo: 1 },
  'hold-reverted': { class: 'environment', what: 'somebody ends a hold soon after it was set', upTo: 0.7 },
  'launches-fail': { class: 'environment', what: 'a group cannot launch instances for a while', upTo: 0.5 },
  'two-releases': { class: 'deploy', what: 'workers of two releases are alive', upTo: 0.5 },
  'remediation-removed': { class: 'deploy', what: 'a release lacks a remediation', upTo: 1 },
  'event-forged': {
    class: 'adversary',
    what: 'an event with an internal type, a strange prototype or too much in it',
    upTo: 0.15,
  },
  'account-foreign': { class: 'adversary', what: 'an event of another account names a resource of ours', upTo: 0.15 },
  'alarm-forged': { class: 'adversary', what: 'somebody sets an alarm by hand', upTo: 0.15 },
  'alarm-set': { class: 'adversary', what: 'somebody sets an alarm of ours to OK or ALARM by hand', upTo: 0.15 },
  'message-forged': { class: 'adversary', what: 'a made-up wake-up, answer or act', upTo: 0.4 },
  'topic-down': { class: 'notification', what: 'SNS does not take a message', upTo: 0.4 },
  'publish-unknown': { class: 'notification', what: 'SNS takes a message, and the answer is lost', upTo: 0.3 },
  'topic-deleted': { class: 'notification', what: 'a topic is away for a while', upTo: 0.5 },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof faultKinds;
export const faultNames = Object.keys(faultKinds) as FaultName[];
