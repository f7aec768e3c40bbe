import type { LambdaFunctionURLResult } from 'aws-lambda';
import { remediations } from '../../remediations';
import { ticketMessage } from '../answers/answer-message';
import type { AnswerDesk } from '../answers/answer-page';
import { failureOf } from '../aws/failure';
import { DynamoDbStore } from '../store/dynamodb-store';
import { DynamoDbTickets } from '../store/dynamodb-tickets';
import { answerCall, type PageCall } from './answer';
import type { Outside } from './composition';
import { ownClients } from './own-clients';
import type { PageSettings } from './settings';
import { telemetryTo } from './telemetry';

/** The function behind the page's own address. */
export type Page = (call: PageCall) => Promise<LambdaFunctionURLResult>;

/** Who stands before a page does not wait for long. In milliseconds. */
const patience = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** The page on AWS: it reads incidents, writes on tickets that there are what was answered, and tells the worker. */
export function composePage({ name, table, queueUrl, region }: PageSettings, { now, write }: Outside): Page {
  const telemetry = telemetryTo(write, name, now);
  const own = ownClients({ region, requestHandler: patience });
  const desk: AnswerDesk = {
    tickets: new DynamoDbTickets(own.table, table),
    incidents: new DynamoDbStore(own.table, table),
    send: async (ticket) => {
      await own.sendMessage({ QueueUrl: queueUrl, MessageBody: ticketMessage(ticket) });
    },
    clock: { now },
    remediations: new Map(remediations.map((one) => [one.name, one])),
    onAnswer: ({ incident, contact }, decision) => {
      telemetry.log('info', 'answered', { incident, contact, decision });
    },
    onFailure: (error) => {
      telemetry.count('AnswersFailed');
      telemetry.log('error', 'the page could not answer', { reason: failureOf(error).reason });
    },
  };
  return (call) => answerCall(call, desk);
}
