export { runBombs, type BombOutcome } from './bombs.ts';
export type { CampaignOptions } from './campaign.ts';
export { containerSettings, runCampaign, settings } from './campaign.ts';
export { laneMeans } from './lane.ts';
export { kindOf, type EscapeReport } from './report.ts';
export { toSarif } from './sarif.ts';
export { readVectors } from './vectors.ts';
