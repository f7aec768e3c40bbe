import { App } from 'aws-cdk-lib';

/** An app that makes templates and no more: what CDK finds in them takes it seconds, and stack.test.ts looks at that once. */
export function quickApp(outdir?: string): App {
  return new App({
    ...(outdir !== undefined && { outdir }),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    stackTraces: false,
    treeMetadata: false,
  });
}
