#!/usr/bin/env bun
await import("../src/cli/main.ts")
