using System.Collections.Frozen;
using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Parameters that a wish names outright, by any of their wire names or a common word: "seed 42", "strength 0.5", "max faces: 3", "noise_level=25".</summary>
internal static class NamedSlots
{
    // Common words for parameters, without marks.
    private static readonly FrozenDictionary<string, string[]> Synonyms = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["seed"] = ["semilla", "hat giong"],
        ["strength"] = ["fuerza", "intensidad", "cuong do", "do manh", "effect strength"],
        ["intensity"] = ["intensidad", "cuong do"],
        ["output_quality"] = ["quality", "calidad", "chat luong"],
        ["imagination"] = ["creativity", "creatividad", "imaginacion", "do sang tao", "tri tuong tuong"],
        ["num_inference_steps"] = ["steps", "inference steps", "pasos", "so buoc"],
        ["guidance_scale"] = ["guidance", "cfg"],
        ["min_score"] = ["score", "confidence", "confianza", "do tin cay"],
        ["max_faces"] = ["at most", "como maximo", "toi da"],
        ["max_objects"] = ["at most", "como maximo", "toi da"],
        ["angle"] = ["angulo", "goc"],
        ["width"] = ["ancho", "rong", "chieu rong"],
        ["height"] = ["alto", "cao", "chieu cao"],
        ["blur"] = ["desenfoque", "do mo"],
        ["effort"] = ["esfuerzo"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Between = new[] { "=", ":", "to", "of", "at", "a", "de", "la", "is", "thanh", "ve", "con" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Off = new[] { "off", "false", "no", "without", "0", "disabled", "tat", "sin" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The parameters of an operation that the wish names with a value.</summary>
    public static JsonObject Read(Operation operation, Clause clause)
    {
        var found = new JsonObject();
        var tokens = clause.Tokens.ToArray();
        foreach (var parameter in operation.Parameters)
        {
            if (parameter is not (NumberParameter or IntegerParameter or BooleanParameter)) continue;
            foreach (var name in Names(parameter))
            {
                if (Value(parameter, name.Split(' '), tokens) is not { } value) continue;
                found[parameter.Name] = value;
                break;
            }
        }

        return found;
    }

    private static IEnumerable<string> Names(Parameter parameter) => parameter.Aliases.Prepend(parameter.Name).Select(name => name.Replace('_', ' '))
        .Concat(Synonyms.GetValueOrDefault(parameter.Name) ?? []).Where(name => name is not ("n" or "x" or "y") || parameter.Name.Length == 1);

    private static JsonNode? Value(Parameter parameter, string[] name, Token[] tokens)
    {
        for (var at = 0; at + name.Length <= tokens.Length; at++)
        {
            var (length, isNamed) = Match(tokens, at, name);
            if (!isNamed) continue;
            var next = at + length;
            if (parameter is BooleanParameter)
            {
                // A bare word such as "color" or "exposure" is no switch.
                if (at > 0 && Off.Contains(tokens[at - 1].Plain) && name.Length > 1) return false;
                if (next < tokens.Length && tokens[next].Plain is "on" or "true" or "off" or "false") return !Off.Contains(tokens[next].Plain);
                if (next + 1 < tokens.Length && tokens[next].Plain is "=" or ":" && tokens[next + 1].Plain is "on" or "true" or "off" or "false" or "yes" or "no")
                    return !Off.Contains(tokens[next + 1].Plain);
                continue;
            }

            while (next < tokens.Length && Between.Contains(tokens[next].Plain)) next++;
            var sign = 1;
            if (next + 1 < tokens.Length && tokens[next].Plain is "-" or "+") sign = tokens[next++].Plain == "-" ? -1 : 1;
            if (next >= tokens.Length || tokens[next].Kind != TokenKind.Number) continue;
            var value = NumberWords.Parse(tokens[next].Text) * sign;
            if (next + 1 < tokens.Length && tokens[next + 1].Plain == "%" && parameter is NumberParameter { Max: <= 2 }) value = Math.Round(value / 100, 4);
            return parameter is IntegerParameter ? (long)Math.Clamp(value, -9e15, 9e15) : value;
        }

        return null;
    }

    // A wire name may also be written with its underscores.
    private static (int Length, bool IsNamed) Match(Token[] tokens, int at, string[] name)
    {
        var token = at;
        foreach (var (index, word) in name.Index())
        {
            if (index > 0 && token < tokens.Length && tokens[token].Plain == "_") token++;
            if (token >= tokens.Length || tokens[token++].Plain != word) return (0, false);
        }

        return (token - at, true);
    }
}
