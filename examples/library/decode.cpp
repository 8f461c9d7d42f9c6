// Decodes a file of blocks and prints its weights, one on a line.
//
//     c++ -std=c++17 decode.cpp $(pkg-config --cflags --libs hifi) -o decode
//     ./decode q4_k blocks.bin 4096             rows of 4096 weights; without the number the file is one row, or one group of rows
//     ./decode q4_k                             what is known of the type, as JSON
//
// Exit status: 0 done, 1 refused, 64 called wrongly, 74 the file cannot be read.
#include <hifi.h>

#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace hifi {

// A failed call: its message names what is wrong and the remedy.
class Error : public std::runtime_error {
  public:
    explicit Error(const hifi_error &error) : std::runtime_error(error.message), status(error.status) {}
    const hifi_status status;
};

// Calls a function of the library with a place for its error, and throws where it fails.
template <typename Function, typename... Arguments> void call(Function function, Arguments... arguments) {
    hifi_error error;
    if (function(arguments..., &error) != HIFI_OK) throw Error(error);
}

// A text that the library made, released with the object.
struct Release {
    void operator()(char *text) const noexcept { hifi_free(text); }
};
using Text = std::unique_ptr<char, Release>;

inline hifi_type type(const std::string &name) {
    hifi_type found;
    call(hifi_type_named, name.c_str(), &found);
    return found;
}

inline Text describe(const std::string &name) {
    char *json = nullptr;
    call(hifi_type_json, name.c_str(), &json);
    return Text(json);
}

// Rows of `columns` weights.
inline std::vector<float> decode(const hifi_type &type, const std::vector<char> &blocks, std::size_t columns) {
    // Whether the numbers fit together is for the library to say.
    const std::size_t row = type.header_bytes + columns / type.weights * type.bytes;
    std::vector<float> weights(row > 0 ? blocks.size() / row * columns : 0);
    call(hifi_blocks_decode, type.name, blocks.data(), blocks.size(), columns, weights.data(), weights.size());
    return weights;
}

}  // namespace hifi

int main(int argc, char **argv) {
    if (hifi_abi_version() != HIFI_ABI_VERSION) {
        std::fprintf(stderr, "decode: another version of libhifi was found than this was compiled for\n");
        return 70;
    }
    if (argc < 2 || argc > 4) {
        std::fprintf(stderr, "usage: decode TYPE [FILE [COLUMNS]]\n");
        return 64;
    }
    try {
        const hifi_type type = hifi::type(argv[1]);
        if (argc == 2) {
            std::puts(hifi::describe(type.name).get());
            return 0;
        }
        std::ifstream file(argv[2], std::ios::binary);
        const std::vector<char> blocks((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        if (!file.is_open() || file.bad()) {
            std::fprintf(stderr, "decode: cannot read %s\n", argv[2]);
            return 74;
        }
        const std::size_t row = blocks.size() / type.interleave;
        const std::size_t whole = row > type.header_bytes ? (row - type.header_bytes) / type.bytes * type.weights : 0;
        const std::size_t columns = argc == 4 ? std::stoull(argv[3]) : whole;
        for (const float weight : hifi::decode(type, blocks, columns)) std::printf("%.9g\n", static_cast<double>(weight));
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "decode: %s\n", error.what());
        return 1;
    }
}
