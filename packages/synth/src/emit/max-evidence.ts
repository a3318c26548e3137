/** More recordings than this are not named for one thing. */
export const maxEvidence = 200;
