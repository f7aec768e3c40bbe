import type { Wire } from '../wire';

/** What no emulator knows, and what AWS answers where nothing goes on. */
const quiet = [
  {
    operation: 'ListAlarmMuteRules',
    type: 'application/x-amz-json-1.0',
    says: { AlarmMuteRuleSummaries: [] },
  },
  {
    operation: 'ListAutoshifts',
    type: 'application/json',
    says: { items: [] },
  },
];

/** Lets the wire answer in place of an emulator that nobody mutes an alarm, and that AWS shifts traffic away from no zone. */
export function keepQuiet(wire: Wire): void {
  for (const { operation, type, says } of quiet) {
    const answer = { status: 200, headers: { 'content-type': type }, body: JSON.stringify(says) };
    wire.interrupt({ operation, nth: 'every' }, { kind: 'answer', answer });
  }
}
