/** Revocations and corrections that a device sends again, as after a lost reply, are made once. */
export const changeNonces = `
ALTER TABLE revocation ADD COLUMN nonce TEXT;
CREATE UNIQUE INDEX revocation_nonce ON revocation (nonce) WHERE nonce IS NOT NULL;
ALTER TABLE correction ADD COLUMN nonce TEXT;
CREATE UNIQUE INDEX correction_nonce ON correction (nonce) WHERE nonce IS NOT NULL;
`;
