-- What was sent can be shown as it was, whatever is changed afterwards; who was sent the same shares a row.
CREATE TABLE "sent_card" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "body" TEXT NOT NULL,
    "sentAt" DATETIME NOT NULL
);
CREATE INDEX "sent_card_sentAt_idx" ON "sent_card"("sentAt");

-- The hash of what was sent.
ALTER TABLE "attempt" ADD COLUMN "card" TEXT;
