import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from 'aws-lambda';
import { answerPage, longestBody, type AnswerDesk } from '../answers/answer-page';

/** What of a call to a function URL is read. */
export type PageCall = Pick<LambdaFunctionURLEvent, 'rawPath' | 'body' | 'isBase64Encoded'> & {
  readonly requestContext: { readonly http: { readonly method: string } };
};

/** Answers a call to the function URL of the page. */
export async function answerCall(call: PageCall, desk: AnswerDesk): Promise<LambdaFunctionURLResult> {
  const { rawPath, requestContext } = call;
  const { status, headers, body } = await answerPage(
    { method: requestContext.http.method, path: rawPath, body: bodyOf(call) },
    desk,
  );
  return { statusCode: status, headers: { ...headers }, body };
}

/** What is too long stays as it came: the page refuses it by its length. */
function bodyOf({ body = '', isBase64Encoded }: PageCall): string {
  return isBase64Encoded && body.length <= 2 * longestBody ? Buffer.from(body, 'base64').toString('utf8') : body;
}
