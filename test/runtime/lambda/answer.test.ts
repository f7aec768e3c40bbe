import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerCall, type PageCall } from '../../../runtime/lambda/answer';
import { aDesk, approvalOf, type Desk } from '../answers/desk';

const callOf = (url: string, method: string, rest: Partial<PageCall> = {}): PageCall => ({
  rawPath: new URL(url).pathname,
  isBase64Encoded: false,
  requestContext: { http: { method } },
  ...rest,
});
const ask = async (desk: Desk, call: PageCall): Promise<APIGatewayProxyStructuredResultV2> =>
  (await answerCall(call, desk.desk)) as APIGatewayProxyStructuredResultV2;

describe('a call to the function of the page', () => {
  it('is answered with a page', async () => {
    const desk = await aDesk({ mode: 'approve' });
    const answer = await ask(desk, callOf(await desk.link(), 'GET'));
    expect(answer).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer.body).toContain('May Homeostat reboot i-0abc?');
  });

  it.each([false, true])('takes a form, in base64 or not (%s)', async (isBase64Encoded) => {
    const desk = await aDesk({ mode: 'approve' });
    const form = new URLSearchParams(await approvalOf(desk)).toString();
    const body = isBase64Encoded ? Buffer.from(form).toString('base64') : form;
    expect(await ask(desk, callOf(await desk.link(), 'POST', { body, isBase64Encoded }))).toMatchObject({
      statusCode: 200,
    });
    expect(desk.sent).toHaveLength(1);
  });

  it('with a body of megabytes is refused without being read', async () => {
    const desk = await aDesk({ mode: 'approve' });
    const body = Buffer.from('x'.repeat(4_000_000)).toString('base64');
    expect(await ask(desk, callOf(await desk.link(), 'POST', { body, isBase64Encoded: true }))).toMatchObject({
      statusCode: 413,
    });
  });

  it('by HEAD gets no body', async () => {
    const desk = await aDesk({ mode: 'approve' });
    expect(await ask(desk, callOf(await desk.link(), 'HEAD'))).toMatchObject({ statusCode: 200, body: '' });
  });
});
