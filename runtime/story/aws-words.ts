/** How the detail of a signal begins when an alarm told it: `web-1 status is ALARM`. What follows is CloudWatch's reason. */
const alarmSaid = /^(?<said>.* is (?:OK|ALARM|INSUFFICIENT_DATA)): (?<reason>.*)$/;

const crossed =
  /(?<bad>\d+) out of the last (?<all>\d+) datapoints?\b(?:.*? (?:was|were) (?<relation>.+?) the threshold(?: \((?<threshold>[^)]*)\))?)?/;

const healthSaid =
  /^AWS Health: AWS_[A-Z0-9]+_(?<code>\w+) for \S+, \w+(?:, from \w{3}, (?<from>\d{1,2} \w{3} \d{4}))?/;

const relations = new Map([
  ['greater than or equal to', 'at or above'],
  ['greater than', 'above'],
  ['less than or equal to', 'at or below'],
  ['less than', 'below'],
]);

/** What AWS said, shorter: the sentences of CloudWatch and Health are made for machines, and long. Anything else stays. */
export function inFewWords(detail: string): string {
  const alarm = alarmSaid.exec(detail)?.groups;
  if (alarm) return `${alarm['said'] ?? ''}: ${reasonOf(alarm['reason'] ?? '')}`;
  const { code, from } = healthSaid.exec(detail)?.groups ?? {};
  if (code === undefined) return detail;
  return `AWS Health: ${code.toLowerCase().replaceAll('_', ' ')}${from === undefined ? '' : ` for ${from}`}`;
}

/** `Threshold Crossed: 1 out of the last 1 datapoints [1.0 (…)] was greater than the threshold (0.5) (minimum …).` in a few words. */
function reasonOf(reason: string): string {
  const { bad, all, relation, threshold } = crossed.exec(reason)?.groups ?? {};
  if (bad === undefined || all === undefined) return reason.replace(/^Threshold Crossed: /, '').replace(/\.$/, '');
  const where = relation === undefined ? 'beyond' : (relations.get(relation) ?? relation);
  return `${bad} of ${all} datapoints ${where} ${threshold ?? 'the threshold'}`;
}

/** What an alarm said, without why. */
export function withoutReason(detail: string): string {
  return alarmSaid.exec(detail)?.groups?.['said'] ?? detail;
}
