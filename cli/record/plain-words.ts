/**
 * Words that AWS uses in what it says to people of these events. In free text nothing else is kept: a secret that is a word
 * among others cannot be told from them in any other way.
 */
const vocabulary: ReadonlySet<string> = new Set(
  `a about above according action actions active activity after again aggregate alarm all allocated also an and any are as
  at aurora auto automated automatic automatically available availability away az back backing backup balancer balancing be
  because been before below being best between but by can cannot capacity caused change changed changing check checks
  client cluster closed complete completed composite condition config configuration connection contains cpu create created
  creating crossed current currently customer data database datapoint datapoints db dead decided decreased default degraded
  deleted deleting deregistered desired detected detaching did difference different disk dimension does domain due during
  ec2 elb enabled encountered end ended engine error errors evaluated evaluation event events exceeded executed existing
  experiencing failed failing failover failure fell finished for found free from full further gib greater group groups had
  half has hardware have health healthy high host http idle impaired in increase increased indicating initiated
  insufficient instance instances internal interrupted into io is issue issues it its last launch launched launching less
  limit load lost low lower maintenance manual master maximum may mb memory metric minimum minutes missing mode modified
  monitoring more multi-az must mysql need network new no node none normal not now number of offline ok old on one online
  only or oracle order original other out over parameter partial pending percent percentage performing period point policy
  postgresql primary process progress promoted promotion provisioned rate reached reader reason reboot rebooted rebooting
  rebalance received recommendation recovered recovering recovery reduced region registered removed replaced replacement
  replica replication request requested requesting required requires response restart restarted restarting restored result
  resumed retired retirement running scale scaled scaling scheduled second seconds selected server service set
  settings should shrink shut shutdown since single size space spot sql standby start started starting state status stop
  stopped stopping storage subnet success successful successfully support suspended switched switchover system taken target
  task terminate terminated terminating termination than that the them then there these this threshold time timeout to too
  total transition triggered trying type types unable unavailable under unhealthy unknown unreachable unsuccessful
  until up update updated upgrade usage use used user using value values volume was were when which while will with within
  without writer zone equal backtrack creation deletion global-failover migration notification patching restoration security
  serverless fatal token throttled subscriber snapshots job same resource resources window  expired essential container containers tasks deployment circuit breaker`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

const time =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$|^\d\d\/\d\d\/\d\d(?:\d\d)?$|^\d\d:\d\d(?::\d\d)?$/;
/** More digits than a measured value has before its point could be somebody's number. */
const number = /^[+-]?\d{1,6}(?:\.\d{1,4}\d*)?%?$/;

const unknown = '…';
/** Characters; what AWS says is shorter. */
const longest = 2_000;

/** A text for people, its beginning at least, with the words of AWS's own, numbers and times, and a mark where anything else stood. */
export function plainWords(text: string): string {
  return text
    .slice(0, longest)
    .split(/([\s,;()[\]"'!?]+|->|[.:](?=[\s"']|$))/)
    .map((part, place) => (place % 2 === 1 ? part.replace(/\s/g, ' ') : wordOf(part)))
    .join('')
    .replace(/…(?:[\s,]+…)+/g, unknown);
}

function wordOf(part: string): string {
  if (part === '' || time.test(part) || number.test(part)) return part;
  return vocabulary.has(part.toLowerCase()) ? part : unknown;
}
