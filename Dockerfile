# The tool with its vectors: docker build -t hifi . && docker run --rm -v "$PWD:/work:ro" hifi verify model.gguf
FROM swift:6.2-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends binutils libssl-dev libxxhash-dev python3 xz-utils \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN Scripts/release --output /release --keep-tree

FROM debian:bookworm-slim
# curl and certificates are for files at addresses; the program needs the C library only.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /release/tree /opt/hifi
ENV PATH="/opt/hifi/bin:$PATH"
# The vectors are found from where the program is; this run proves that no library is missing.
RUN hifi --version && hifi conformance --quiet --filter format:q8_0
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["hifi"]
CMD ["--help"]
