/** Names in EC2's XML that are not the SDK's own name with a small first letter. */
const ec2Names: Readonly<Record<string, string>> = {
  Reservations: 'reservationSet',
  Instances: 'instancesSet',
  InstanceStatuses: 'instanceStatusSet',
  Tags: 'tagSet',
  State: 'instanceState',
  StateTransitionReason: 'reason',
  Events: 'eventsSet',
  BlockDeviceMappings: 'blockDeviceMapping',
  NetworkInterfaces: 'networkInterfaceSet',
};

/** A form as EC2 and the older services get it: `InstanceId.1=…`, `InstanceIds.member.1=…`. Lists are named as in the SDK. */
export function readForm(form: string): Record<string, unknown> {
  const single: [string, unknown][] = [];
  const lists = new Map<string, unknown[]>();
  for (const [name, text] of new URLSearchParams(form)) {
    if (name === 'Action' || name === 'Version') continue;
    const value = text === 'true' ? true : text === 'false' ? false : text;
    const list = /^(\w+?)s?(?:\.member)?\.\d+$/.exec(name)?.[1];
    if (list === undefined) single.push([name, value]);
    else lists.set(`${list}s`, [...(lists.get(`${list}s`) ?? []), value]);
  }
  return Object.fromEntries([...single, ...lists]);
}

/** An answer of EC2. */
export function ec2Answer(operation: string, answer: object): string {
  const name = (key: string): string => ec2Names[key] ?? key.charAt(0).toLowerCase() + key.slice(1);
  return `<${operation}Response>${xml(answer, name, 'item')}</${operation}Response>`;
}

/** An answer of a service of the older sort, such as Auto Scaling or STS. */
export function queryAnswer(operation: string, answer: object): string {
  const body = xml(answer, (key) => key, 'member');
  return `<${operation}Response><${operation}Result>${body}</${operation}Result></${operation}Response>`;
}

function xml(value: unknown, name: (key: string) => string, item: string): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => `<${item}>${xml(one, name, item)}</${item}>`).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]) => `<${name(key)}>${xml(field, name, item)}</${name(key)}>`)
      .join('');
  }
  return typeof value === 'string' ? value.replace(/&/g, '&amp;').replace(/</g, '&lt;') : JSON.stringify(value);
}

/** A request in JSON, where instants are seconds. */
export function readJson(text: string): object {
  return JSON.parse(text, (key: string, value: unknown) =>
    key.endsWith('Time') && typeof value === 'number' ? new Date(value * 1_000) : value,
  ) as object;
}

/** An answer in JSON, where instants are seconds. */
export function jsonAnswer(answer: object): string {
  return JSON.stringify(answer, function (this: Record<string, unknown>, key: string, value: unknown) {
    const given = this[key];
    return given instanceof Date ? given.getTime() / 1_000 : value;
  });
}
