import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServiceClient } from '../../../runtime/aws/access';
import { failureOf } from '../../../runtime/aws/failure';
import { sdkClients, type ClientSettings } from '../../../runtime/aws/sdk-clients';
import { connection } from '../lambda/shapes';

const secretAccessKey = 'secret of the example';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken: 'token' };

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const items = (...zones: string[]) =>
  zones.map((awayFrom) => ({ awayFrom, status: 'ACTIVE', startTime: 1_795_226_400, endTime: 1_795_230_000 }));
const answer = (body: object): Reply => ({ status: 200, body: JSON.stringify(body) });
const refusal = (status: number, type: string, message: string): Reply => ({
  status,
  body: JSON.stringify({ message }),
  headers: { 'x-amzn-errortype': type },
});

interface Asked extends IncomingMessage {
  text?: string;
}

/** A service on this machine that gives these answers, and the client of ARC that is told to call it. */
async function calling(
  replies: readonly Reply[],
  call: (list: (input: object) => Promise<object>, client: ServiceClient) => Promise<unknown>,
) {
  const asked: Asked[] = [];
  const server: Server = createServer((request: Asked, response) => {
    const { status, body, headers } = replies[asked.length] ?? { status: 599, body: '' };
    asked.push(request);
    request.text = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (request.text = `${request.text ?? ''}${part}`));
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = process.env['AWS_ENDPOINT_URL'];
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const clients = sdkClients(() => ({ region: 'eu-central-1', credentials, maxAttempts: 1 }));
    const client = await clients('arc-zonal-shift', '111122223333', 'eu-central-1');
    const list = async (input: object) => (await client['listAutoshifts']?.(input)) ?? {};
    return { outcome: await call(list, client).catch((error: unknown) => ({ error })), asked };
  } finally {
    if (before === undefined) delete process.env['AWS_ENDPOINT_URL'];
    else process.env['AWS_ENDPOINT_URL'] = before;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature that AWS works out for a request. */
function signatureFor({ method = '', url = '', headers, text = '' }: Asked, service: string): string {
  const { authorization = '' } = headers;
  const signed = /SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '';
  const date = String(headers['x-amz-date']);
  const [sent = '', query = ''] = url.split('?');
  // AWS escapes a path once more than it was sent, everywhere but in S3.
  const path = sent.split('/').map(encodeURIComponent).join('/');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const sorted = query.split('&').sort().join('&');
  const request = [method, path, sorted, lines.join(''), signed, hash(text)].join('\n');
  const scope = [date.slice(0, 8), 'eu-central-1', service, 'aws4_request'];
  const key = scope.reduce<string | Buffer>((so, part) => hmac(so, part), `AWS4${secretAccessKey}`);
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope.join('/'), hash(request)].join('\n')).toString('hex');
}

describe('the client of zonal shifts', () => {
  it('asks for autoshifts by their status and page, and reads zones and times', async () => {
    const replies = [answer({ items: items('euc1-az1'), nextToken: 'a&b =' }), answer({ items: items('euc1-az3') })];
    const { outcome, asked } = await calling(replies, async (list) => [
      await list({ status: 'ACTIVE' }),
      await list({ status: 'ACTIVE', maxResults: 5, nextToken: 'a&b =' }),
    ]);
    const [first, second] = asked.map(({ method, url = '' }) => `${method ?? ''} ${url}`);
    expect(first).toBe('GET /autoshifts?status=ACTIVE');
    expect(second?.split(/[?&]/).sort()).toEqual([
      'GET /autoshifts',
      'maxResults=5',
      'nextToken=a%26b%20%3D',
      'status=ACTIVE',
    ]);
    const times = { startTime: new Date(1_795_226_400_000), endTime: new Date(1_795_230_000_000) };
    expect(outcome).toMatchObject([
      { items: [{ awayFrom: 'euc1-az1', status: 'ACTIVE', ...times }], nextToken: 'a&b =' },
      { items: [{ awayFrom: 'euc1-az3' }] },
    ]);
  });

  it('signs as this service, with the credentials that it is given', async () => {
    const { asked } = await calling([answer({})], (list) => list({ status: 'ACTIVE', nextToken: 'n/1' }));
    const [request] = asked;
    const authorization = request?.headers.authorization ?? '';
    expect(authorization).toMatch(/Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/arc-zonal-shift\/aws4_request/);
    expect(authorization).toContain(`Signature=${request ? signatureFor(request, 'arc-zonal-shift') : ''}`);
    expect(request?.headers['x-amz-security-token']).toBe('token');
  });

  it.each([
    [403, 'AccessDeniedException', 'refused'],
    [403, 'AccessDeniedException:http://internal.amazon.com/coral/', 'refused'],
    [400, 'com.amazonaws.arczonalshift#ValidationException', 'refused'],
    [429, 'ThrottlingException', 'unknown'],
    [500, 'InternalServerException', 'unknown'],
  ] as const)('tells %d %s by its name', async (status, type, kind) => {
    const { outcome } = await calling([refusal(status, type, 'not now')], (list) => list({}));
    const name = type.replace(/^.*#|:.*$/g, '');
    const { error } = outcome as { error: Error };
    expect(error).toMatchObject({ name, message: 'not now', $metadata: { httpStatusCode: status, attempts: 1 } });
    expect(failureOf(error)).toEqual({ kind, reason: `${name}: not now` });
  });

  const balancer = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188';

  it('asks for a load balancer by its ARN, and reads what shifts its traffic', async () => {
    const shift = {
      appliedStatus: 'APPLIED',
      zonalShiftId: '6c4b0e3a-0d1e-4f5a-9a0b-1c2d3e4f5a6b',
      awayFrom: 'euc1-az1',
      comment: 'a rack burns',
      shiftType: 'ZONAL_SHIFT',
    };
    const told = {
      arn: balancer,
      appliedWeights: { 'euc1-az1': 0, 'euc1-az2': 1 },
      zonalShifts: [{ ...shift, startTime: 1_795_226_400, expiryTime: 1_795_230_000 }],
      autoshifts: [{ appliedStatus: 'NOT_APPLIED', awayFrom: 'euc1-az3', startTime: 1_795_226_400 }],
    };
    const { outcome, asked } = await calling([answer(told)], async (_list, client) =>
      client['getManagedResource']?.({ resourceIdentifier: balancer }),
    );
    expect(asked.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).toEqual([
      `GET /managedresources/${encodeURIComponent(balancer)}`,
    ]);
    expect(outcome).toMatchObject({
      appliedWeights: { 'euc1-az1': 0, 'euc1-az2': 1 },
      zonalShifts: [{ ...shift, startTime: new Date(1_795_226_400_000), expiryTime: new Date(1_795_230_000_000) }],
      autoshifts: [{ appliedStatus: 'NOT_APPLIED', awayFrom: 'euc1-az3', startTime: new Date(1_795_226_400_000) }],
    });
    const [request] = asked;
    expect(request?.headers.authorization).toContain(`Signature=${signatureFor(request!, 'arc-zonal-shift')}`);
  });

  it('starts a shift by what stands in the body, and signs that', async () => {
    const input = { resourceIdentifier: balancer, awayFrom: 'euc1-az1', expiresIn: '2h', comment: 'inc-1/1' };
    const told = { ...input, zonalShiftId: 'shift-1', status: 'ACTIVE', startTime: 1_795_226_400 };
    const { outcome, asked } = await calling([{ status: 201, body: JSON.stringify(told) }], async (_list, client) =>
      client['startZonalShift']?.(input),
    );
    const [request] = asked;
    expect(`${request?.method ?? ''} ${request?.url ?? ''}`).toBe('POST /zonalshifts');
    expect(JSON.parse(request?.text ?? '')).toEqual(input);
    expect(request?.headers.authorization).toContain(`Signature=${signatureFor(request!, 'arc-zonal-shift')}`);
    expect(outcome).toMatchObject({ zonalShiftId: 'shift-1', startTime: new Date(1_795_226_400_000) });
  });

  it('cancels a shift by its id', async () => {
    const { outcome, asked } = await calling([answer({ status: 'CANCELED' })], async (_list, client) =>
      client['cancelZonalShift']?.({ zonalShiftId: 'shift-1' }),
    );
    expect(asked.map(({ method, url }) => `${method ?? ''} ${url ?? ''}`)).toEqual(['DELETE /zonalshifts/shift-1']);
    expect(outcome).toMatchObject({ status: 'CANCELED' });
  });

  it('tells a conflict with another shift by its name, and as one that may come of its own first try', async () => {
    const conflict = refusal(409, 'ConflictException', 'a zonal shift is active');
    const { outcome } = await calling([conflict], async (_list, client) =>
      client['startZonalShift']?.({ resourceIdentifier: balancer, awayFrom: 'euc1-az1', expiresIn: '2h', comment: '' }),
    );
    expect(outcome).toMatchObject({ error: { name: 'ConflictException', $metadata: { httpStatusCode: 409 } } });
  });

  it('throws for an answer that is none', async () => {
    const { outcome } = await calling([{ status: 200, body: '<html>' }], (list) => list({}));
    expect(outcome).toMatchObject({ error: { name: 'SyntaxError' } });
  });

  it.each<[string, object, string]>([
    ['eu-central-1', {}, 'arc-zonal-shift.eu-central-1.amazonaws.com'],
    ['cn-north-1', {}, 'arc-zonal-shift.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', {}, 'arc-zonal-shift.us-gov-west-1.amazonaws.com'],
    ['eu-central-1', { useDualstackEndpoint: true }, 'arc-zonal-shift.eu-central-1.api.aws'],
    ['us-east-1', { useFipsEndpoint: true }, 'arc-zonal-shift-fips.us-east-1.amazonaws.com'],
  ])('finds its endpoint in %s %j', async (region, variant, hostname) => {
    const { requestHandler, sent } = connection([answer({ items: [] })]);
    const settings: ClientSettings = { region, credentials, requestHandler, ...variant };
    const client = await sdkClients(() => settings)('arc-zonal-shift', '111122223333', region);
    await client['listAutoshifts']?.({});
    expect(sent).toMatchObject([{ hostname, protocol: 'https:' }]);
  });
});
