-- CreateTable
CREATE TABLE "source" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "access" TEXT NOT NULL DEFAULT 'everyone',
    "secretsSealed" JSONB NOT NULL,
    "pausedAt" DATETIME,
    "rulesVersion" INTEGER NOT NULL DEFAULT 0,
    "lastEventAt" DATETIME,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "configuration" (
    "entityId" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "destinationId" TEXT NOT NULL,
    "choices" JSONB NOT NULL,
    "rule" JSONB NOT NULL,
    "host" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "place" JSONB NOT NULL,
    "approvedAt" DATETIME,
    "pausedAt" DATETIME,
    "makerOid" TEXT,
    "userObjectIdSealed" TEXT,
    "nextUrlSealed" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "configuration_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "source" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "configuration_destinationId_fkey" FOREIGN KEY ("destinationId") REFERENCES "destination" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "destination" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "urlSealed" TEXT,
    "host" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "health" TEXT NOT NULL DEFAULT 'healthy',
    "healthSince" DATETIME NOT NULL,
    "healthReason" TEXT,
    "savedAt" DATETIME NOT NULL,
    "lastSuccessAt" DATETIME,
    "failingSince" DATETIME,
    "toldAt" DATETIME,
    "orphanedAt" DATETIME,
    "leaseId" TEXT,
    "dueAt" DATETIME,
    "notBefore" DATETIME,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "event" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "occurredAt" DATETIME NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "body" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "eventId" TEXT,
    "entityId" TEXT NOT NULL,
    "destinationId" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "critical" BOOLEAN NOT NULL DEFAULT false,
    "heldUntil" DATETIME,
    "heldBy" TEXT,
    "digestId" BIGINT,
    "content" JSONB,
    "leaseId" TEXT,
    "claimedAt" DATETIME,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "firstAttemptAt" DATETIME,
    "settledAt" DATETIME,
    "reason" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "deliveryId" BIGINT NOT NULL,
    "destinationId" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL,
    "endedAt" DATETIME NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER,
    "answer" TEXT,
    "reason" TEXT,
    "sizeBytes" INTEGER NOT NULL,
    "shortened" TEXT
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "who" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL
);

-- CreateTable
CREATE TABLE "kept" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "refusal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sourceId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "code" TEXT NOT NULL,
    "reason" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "source_key_key" ON "source"("key");

-- CreateIndex
CREATE INDEX "configuration_sourceId_idx" ON "configuration"("sourceId");

-- CreateIndex
CREATE INDEX "configuration_destinationId_idx" ON "configuration"("destinationId");

-- CreateIndex
CREATE UNIQUE INDEX "destination_fingerprint_key" ON "destination"("fingerprint");

-- CreateIndex
CREATE INDEX "lane_due_idx" ON "destination"("dueAt") WHERE "dueAt" IS NOT NULL;

-- CreateIndex
CREATE INDEX "lane_leased_idx" ON "destination"("leaseId") WHERE "leaseId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "event_receivedAt_idx" ON "event"("receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "event_sourceId_externalId_key" ON "event"("sourceId", "externalId");

-- CreateIndex
CREATE INDEX "delivery_pending_idx" ON "delivery"("destinationId", "id") WHERE "state" = 'pending';

-- CreateIndex
CREATE INDEX "delivery_held_idx" ON "delivery"("heldUntil") WHERE "state" = 'held';

-- CreateIndex
CREATE INDEX "delivery_stamped_idx" ON "delivery"("leaseId", "destinationId") WHERE "leaseId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "delivery_digest_idx" ON "delivery"("digestId") WHERE "digestId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "delivery_entityId_id_idx" ON "delivery"("entityId", "id");

-- CreateIndex
CREATE INDEX "delivery_settled_idx" ON "delivery"("settledAt") WHERE "settledAt" IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "delivery_eventId_entityId_round_key" ON "delivery"("eventId", "entityId", "round");

-- CreateIndex
CREATE INDEX "attempt_deliveryId_idx" ON "attempt"("deliveryId");

-- CreateIndex
CREATE INDEX "attempt_destinationId_endedAt_idx" ON "attempt"("destinationId", "endedAt");

-- CreateIndex
CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject");

-- CreateIndex
CREATE INDEX "refusal_sourceId_id_idx" ON "refusal"("sourceId", "id");
