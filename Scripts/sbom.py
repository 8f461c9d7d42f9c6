#!/usr/bin/env python3
"""Lists what a release consists of, as SPDX 2.3: sbom.py ROOT VERSION TREE.

Packages of Swift with the revisions that the build resolved, the Swift runtime and the system's libraries that are linked in, and a
checksum of each program. Prints JSON.
"""
import hashlib
import json
import pathlib
import subprocess
import sys
from datetime import datetime, timezone


def output(*command):
    """The first line that a command prints, or None where it cannot be run."""
    try:
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
    return text.splitlines()[0] if text else None


def package(name, version, license_id, where="NOASSERTION", supplier="NOASSERTION"):
    identifier = "SPDXRef-" + "".join(c if c.isalnum() else "-" for c in name)
    return {
        "SPDXID": identifier, "name": name, "versionInfo": version or "NOASSERTION", "downloadLocation": where,
        "licenseConcluded": license_id, "licenseDeclared": license_id, "copyrightText": "NOASSERTION", "filesAnalyzed": False,
        "supplier": supplier,
    }


def main():
    root, version, tree = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    commit = output("git", "-C", str(root), "rev-parse", "HEAD") or "unknown"
    seconds = int(output("git", "-C", str(root), "log", "-1", "--format=%ct") or 0)
    own = package("hifi", version, "MIT")
    own["comment"] = f"commit {commit}"
    # Yams and the documentation tools make and check files of the repository; only this package is part of the programs.
    resolved = json.loads((root / "Package.resolved").read_text())["pins"] if (root / "Package.resolved").exists() else []
    parser = next((pin for pin in resolved if pin["identity"] == "swift-argument-parser"), None)
    parts = [
        package(
            "swift-argument-parser", parser and parser["state"].get("version"), "Apache-2.0 WITH Swift-exception",
            parser["location"] if parser else "NOASSERTION"),
        package("swift-runtime", output("swiftc", "--version"), "Apache-2.0 WITH Swift-exception"),
        package("xxhash", output("pkg-config", "--modversion", "libxxhash"), "BSD-2-Clause"),
        package("openssl", output("pkg-config", "--modversion", "libcrypto"), "Apache-2.0"),
    ]
    files = []
    for name in ["bin/hifi", "lib/libhifi.so.1"]:
        data = (tree / name).read_bytes()
        files.append({
            "SPDXID": "SPDXRef-File-" + name.replace("/", "-"), "fileName": "./" + name,
            "checksums": [
                {"algorithm": "SHA1", "checksumValue": hashlib.sha1(data).hexdigest()},
                {"algorithm": "SHA256", "checksumValue": hashlib.sha256(data).hexdigest()},
            ],
            "licenseConcluded": "NOASSERTION", "copyrightText": "NOASSERTION",
        })
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}]
    for part in parts:
        relations.append({"spdxElementId": part["SPDXID"], "relationshipType": "STATIC_LINK", "relatedSpdxElement": own["SPDXID"]})
    for file in files:
        relations.append({"spdxElementId": own["SPDXID"], "relationshipType": "CONTAINS", "relatedSpdxElement": file["SPDXID"]})
    json.dump({
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"hifi-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/hifi-{version}-{commit}",
        "creationInfo": {
            "created": datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: sbom.py"],
        },
        "packages": [own] + parts, "files": files, "relationships": relations,
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
