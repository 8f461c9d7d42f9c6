# The tool with its vectors: docker build -t hifi . && docker run --rm -v "$PWD:/work:ro" hifi verify model.gguf
FROM swift:6.2-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl-dev libxxhash-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN swift build -c release --product hifi --static-swift-stdlib \
    && install -D -s .build/release/hifi /opt/hifi/hifi \
    && cp -R Vectors LICENSE /opt/hifi/ \
    && /opt/hifi/hifi --version

FROM debian:bookworm-slim
# curl and certificates are for files at addresses.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libssl3 libstdc++6 libxxhash0 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/hifi /opt/hifi
ENV PATH="/opt/hifi:$PATH"
# The vectors are found beside the program; this run proves that no library is missing.
RUN hifi --version && hifi conformance --quiet --filter format:q8_0
WORKDIR /work
USER 65532:65532
ENTRYPOINT ["hifi"]
CMD ["--help"]
