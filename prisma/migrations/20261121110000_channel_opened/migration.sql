-- When the configuration's own page was first opened: nobody looks after a tab that never was.
ALTER TABLE "configuration" ADD COLUMN "openedAt" DATETIME;
