/**
 * What of a field is kept. `name`: what names a resource; `runbook`: its name; `rule`: AWS's own
 * name of a rule of AWS Config; `metric`: a metric
 * with its dimensions; `dimensions`: those alone; `resource`: its kind and id; `token`: a word of AWS's own, such as a state; `text`: as it is,
 * but for secrets; `words`: free text, of which AWS's own words are kept; `number`; `json`: reason data of an alarm.
 */
export type Leaf =
  | 'name'
  | 'runbook'
  | 'rule'
  | 'metric'
  | 'dimensions'
  | 'token'
  | 'text'
  | 'words'
  | 'number'
  | 'account'
  | 'time'
  | 'resource'
  | 'tags'
  | 'json'
  | 'band';

/** The fields of an object that are kept, each as said; all others are left out. */
export interface Fields {
  readonly [field: string]: Kept;
}

/** One field: a leaf, the fields of an object, or a list of what is kept alike. */
export type Kept = Leaf | Fields | readonly [Kept];

const alarmState: Fields = {
  value: 'token',
  reason: 'words',
  reasonData: 'json',
  timestamp: 'time',
  evaluationState: 'token',
  actionsSuppressedBy: 'token',
};

const alarm: Fields = {
  alarmName: 'name',
  state: alarmState,
  previousState: alarmState,
  configuration: {
    metrics: [
      {
        id: 'token',
        accountId: 'account',
        expression: 'band',
        returnData: 'token',
        metricStat: { metric: 'metric', period: 'number', stat: 'token', unit: 'token' },
      },
    ],
  },
  alarmTags: 'tags',
  alarmContributor: { id: 'name', attributes: 'dimensions' },
  muteDetail: { mutedByArn: 'name' },
};

const rds: Fields = {
  SourceIdentifier: 'name',
  SourceArn: 'name',
  SourceType: 'token',
  EventID: 'token',
  EventCategories: ['words'],
  Message: 'words',
  Date: 'time',
  Tags: 'tags',
};

/** Source in `signals/` → the fields of its events' detail that a replay needs: those that it reads. */
export const detailKept: Readonly<Record<string, Fields>> = {
  'cloudwatch-alarm': alarm,
  health: {
    eventArn: 'name',
    service: 'token',
    eventTypeCode: 'token',
    eventTypeCategory: 'token',
    eventScopeCode: 'token',
    communicationId: 'token',
    statusCode: 'token',
    eventRegion: 'token',
    startTime: 'time',
    endTime: 'time',
    lastUpdatedTime: 'time',
    affectedAccount: 'account',
    affectedEntities: [{ entityValue: 'name', status: 'token', lastUpdatedTime: 'time', tags: 'tags' }],
    page: 'token',
    totalPages: 'token',
  },
  'spot-interruption': { 'instance-id': 'name', 'instance-action': 'token' },
  'rds-instance': rds,
  'rds-cluster': rds,
  'auto-scaling': {
    AutoScalingGroupName: 'name',
    EC2InstanceId: 'name',
    ActivityId: 'token',
    StatusCode: 'token',
    StatusMessage: 'words',
    Cause: 'words',
    StartTime: 'time',
    EndTime: 'time',
  },
  'suspended-processes': {
    eventName: 'token',
    eventID: 'token',
    eventSource: 'token',
    eventTime: 'time',
    errorCode: 'token',
    requestParameters: { autoScalingGroupName: 'name', scalingProcesses: ['token'] },
  },
  'bucket-access': {
    eventName: 'token',
    eventID: 'token',
    eventSource: 'token',
    eventTime: 'time',
    errorCode: 'token',
    requestParameters: { bucketName: 'name' },
  },
  'guardduty-finding': {
    type: 'text',
    id: 'name',
    accountId: 'account',
    region: 'token',
    updatedAt: 'time',
    resource: { s3BucketDetails: [{ arn: 'name' }] },
    service: { archived: 'token', additionalInfo: { sample: 'token' } },
  },
  'access-analyzer-finding': {
    id: 'name',
    status: 'token',
    resourceType: 'token',
    resource: 'name',
    isPublic: 'token',
    accountId: 'account',
    region: 'token',
    updatedAt: 'time',
  },
  'security-hub-finding': {
    findings: [
      {
        Id: 'name',
        AwsAccountId: 'account',
        GeneratorId: 'text',
        UpdatedAt: 'time',
        RecordState: 'token',
        Workflow: { Status: 'token' },
        Compliance: { Status: 'token', SecurityControlId: 'token' },
        Resources: [{ Type: 'token', Id: 'name', Region: 'token' }],
      },
    ],
  },
  'alarm-configuration': {
    alarmName: 'name',
    operation: 'token',
    configuration: { actionsEnabled: 'token', timestamp: 'time' },
    previousConfiguration: { actionsEnabled: 'token', timestamp: 'time' },
  },
  'log-delivery': {
    eventName: 'token',
    eventID: 'token',
    eventSource: 'token',
    eventTime: 'time',
    errorCode: 'token',
    requestParameters: { logGroupName: 'name', filterName: 'name' },
  },
  'serverless-cache': {
    SourceIdentifier: 'name',
    SourceArn: 'name',
    SourceType: 'token',
    EventID: 'token',
    EventCategories: ['words'],
    Message: 'words',
  },
  'ecs-service-action': {
    eventType: 'token',
    eventName: 'token',
    clusterArn: 'name',
    createdAt: 'time',
    reason: 'words',
  },
  'ecs-deployment': {
    eventType: 'token',
    eventName: 'token',
    deploymentId: 'name',
    updatedAt: 'time',
    reason: 'words',
  },
  'ecs-task': {
    taskArn: 'name',
    clusterArn: 'name',
    group: 'name',
    desiredStatus: 'token',
    lastStatus: 'token',
    healthStatus: 'token',
    stopCode: 'token',
    stoppedReason: 'words',
    version: 'number',
  },
  'ecs-container-instance': {
    agentConnected: 'token',
    clusterArn: 'name',
    containerInstanceArn: 'name',
    ec2InstanceId: 'name',
    status: 'token',
    version: 'number',
  },
  'emr-cluster': {
    clusterId: 'name',
    instanceGroupId: 'name',
    instanceGroupType: 'token',
    state: 'token',
    severity: 'token',
    requestedInstanceCount: 'number',
    runningInstanceCount: 'number',
    message: 'words',
  },
  'emr-step': {
    clusterId: 'name',
    stepId: 'name',
    name: 'name',
    actionOnFailure: 'token',
    state: 'token',
    severity: 'token',
    message: 'words',
  },
  'config-compliance': {
    configRuleName: 'rule',
    resourceType: 'token',
    resourceId: 'name',
    awsAccountId: 'account',
    awsRegion: 'token',
    messageType: 'token',
    recordVersion: 'token',
    newEvaluationResult: { complianceType: 'token', resultRecordedTime: 'time' },
    oldEvaluationResult: { complianceType: 'token', resultRecordedTime: 'time' },
    notificationCreationTime: 'time',
  },
  'event-source-mapping': {
    eventName: 'token',
    eventID: 'token',
    eventSource: 'token',
    eventTime: 'time',
    errorCode: 'token',
    requestParameters: { uUID: 'name', uuid: 'name', functionName: 'name', enabled: 'token' },
  },
  'custom-health': {
    version: 'number',
    condition: 'token',
    resource: 'resource',
    state: 'token',
    reason: 'words',
    id: 'name',
    time: 'time',
    alarm: 'name',
  },
  'backup-job': { backupJobId: 'name', state: 'token', resourceArn: 'name', statusMessage: 'words' },
  'restore-job': { restoreJobId: 'name', status: 'token', sourceResourceArn: 'name' },
  'ec2-instance-state': { 'instance-id': 'name', state: 'token' },
  'ssm-automation': {
    ExecutionId: 'name',
    Definition: 'runbook',
    DefinitionVersion: 'token',
    Status: 'token',
    StartTime: 'time',
    EndTime: 'time',
  },
};

/** The envelope of every event. */
export const envelopeKept: Fields = {
  version: 'token',
  id: 'text',
  'detail-type': 'text',
  source: 'text',
  account: 'account',
  time: 'time',
  region: 'token',
  resources: ['name'],
  'replay-name': 'name',
};
