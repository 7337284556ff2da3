/**
 * V8 coverage, summed up faster: Vitest's provider adds the files of a run to the sum one by one, each time reading the
 * whole sum again. This one adds fifty at a time.
 */
import { createRequire } from "node:module";
import v8 from "@vitest/coverage-v8";

/** Coverage of the scripts of a process, in V8's format. */
interface Coverage {
  readonly result: readonly { readonly url: string; readonly startOffset?: number }[];
}

interface Reading {
  readonly onFileRead: (coverage: Coverage) => void;
  readonly onFinished: (...project: readonly unknown[]) => Promise<void>;
}

interface Provider {
  readCoverageFiles(reading: Reading): Promise<void>;
}

const { mergeProcessCovs } = createRequire(import.meta.url)("@bcoe/v8-coverage") as {
  mergeProcessCovs(coverages: readonly Coverage[]): Coverage;
};

const atOnce = 50;

function inBatches(reading: Reading): Reading {
  let waiting: Coverage[] = [];
  const addAll = () => {
    // A sum lacks where the code of each module starts.
    const starts = new Map(
      waiting.flatMap(({ result }) => result.map(({ url, startOffset = 0 }) => [url, startOffset])),
    );
    const { result } = mergeProcessCovs(waiting);
    waiting = [];
    reading.onFileRead({
      result: result.map((script) => ({ ...script, startOffset: starts.get(script.url) ?? 0 })),
    });
  };
  return {
    ...reading,
    onFileRead(coverage) {
      waiting.push(coverage);
      if (waiting.length === atOnce) addAll();
    },
    async onFinished(...project) {
      addAll();
      await reading.onFinished(...project);
    },
  };
}

export default {
  ...v8,
  async getProvider() {
    const provider = await v8.getProvider();
    const reader = provider as unknown as Provider;
    const read = reader.readCoverageFiles.bind(provider);
    reader.readCoverageFiles = (reading) => read(inBatches(reading));
    // Modules are transformed the same without coverage: later runs use those of this one.
    return Object.assign(provider, { requiresTransform: () => false });
  },
};
