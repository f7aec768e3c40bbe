/** How the detail of a signal begins when an alarm told it: `web-1 status is ALARM`. What follows is CloudWatch's reason. */
const alarmSaid = /^(?<said>.* is (?:OK|ALARM|INSUFFICIENT_DATA)): (?<reason>.*)$/;

const crossed =
  /(?<bad>\d+) out of the last (?<all>\d+) datapoints?\b.*? (?:was|were) (?<relation>.+?) the threshold(?: \((?<threshold>[^)]*)\))?/;

/** `Threshold Crossed: 1 out of the last 1 datapoints [1.0 (…)] was greater than the threshold (0.5) (minimum …).` in a few words. */
export function withShortReason(detail: string): string {
  const { said, reason } = alarmSaid.exec(detail)?.groups ?? {};
  if (said === undefined || reason === undefined) return detail;
  const { bad, all, relation, threshold } = crossed.exec(reason)?.groups ?? {};
  if (bad === undefined || all === undefined || relation === undefined) {
    return `${said}: ${reason.replace(/^Threshold Crossed: /, '').replace(/\.$/, '')}`;
  }
  return `${said}: ${bad} of ${all} datapoints ${relation} ${threshold ?? 'the threshold'}`;
}

/** What an alarm said, without why. */
export function withoutReason(detail: string): string {
  return alarmSaid.exec(detail)?.groups?.['said'] ?? detail;
}
