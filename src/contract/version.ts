/** Day the sources of the contract were last read. Written into every report and recording. */
export const contractVersion = '2026-11-23';
