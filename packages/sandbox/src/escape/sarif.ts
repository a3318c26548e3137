import type { EscapeReport } from './report.ts';

/** The report as SARIF 2.1.0: a leak is an error, a vector without a positive control a note. `folder` is where the pages lie. */
export function toSarif(report: EscapeReport, { folder, version }: { readonly folder: string; readonly version: string }): unknown {
  const result = (vector: string, level: 'error' | 'note', text: string): unknown => ({
    ruleId: vector,
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: `${folder}/${vector}` } } }],
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'backlot escape',
            version,
            rules: report.rows.map(({ name, family }) => ({ id: name, shortDescription: { text: `${family}: ${name}` } })),
          },
        },
        results: [
          ...report.leaks.map(({ vector, setting, packets }) =>
            result(vector, 'error', `${packets} packets left under "${setting}", which promises to stop everything.`),
          ),
          ...report.rows
            .filter(({ exercised }) => !exercised)
            .map(({ name }) => result(name, 'note', 'Not exercised: it sends nothing even where no layer stops it.')),
        ],
      },
    ],
  };
}
