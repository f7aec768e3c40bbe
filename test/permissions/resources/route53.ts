import type { IamRequest } from '../requests';
import { texts, type Arns } from './resource';

const zone: Arns = ({ HostedZoneId, Id }) =>
  texts(HostedZoneId ?? Id).map((id) => `arn:aws:route53:::hostedzone/${id}`);
const control: Arns = ({ RoutingControlArn }) => texts(RoutingControlArn);

/** What AWS asks IAM about for each of its operations, and for those of the cluster of routing controls. */
export const resources: Readonly<Record<string, Arns>> = {
  'route53:GetHealthCheck': ({ HealthCheckId }) =>
    texts(HealthCheckId).map((id) => `arn:aws:route53:::healthcheck/${id}`),
  'route53:GetHostedZone': zone,
  'route53:ListResourceRecordSets': zone,
  'route53:ChangeResourceRecordSets': zone,
  'route53:GetChange': ({ Id }) => texts(Id).map((id) => `arn:aws:route53:::change/${id}`),
  'route53:ListTagsForResource': ({ ResourceType, ResourceId }) =>
    texts(ResourceId).map((id) => `arn:aws:route53:::${String(ResourceType)}/${id}`),
  'route53-recovery-cluster:GetRoutingControlState': control,
  'route53-recovery-cluster:UpdateRoutingControlStates': ({ UpdateRoutingControlStateEntries }) =>
    (UpdateRoutingControlStateEntries as readonly { readonly RoutingControlArn: string }[]).map(
      ({ RoutingControlArn }) => RoutingControlArn,
    ),
};

/** What a change of records says besides. */
export const says: Readonly<Record<string, () => IamRequest['context']>> = {
  'route53:ChangeResourceRecordSets': () => ({ 'route53:ChangeResourceRecordSetsActions': ['UPSERT'] }),
  'route53-recovery-cluster:UpdateRoutingControlStates': () => ({
    'route53-recovery-cluster:AllowSafetyRulesOverrides': 'false',
  }),
};
