using System.Runtime.CompilerServices;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Model;

/// <summary>
/// What the classifier sees of a text: hashed character n-grams inside words (3 to 5 letters, marks left out), words and pairs of words with and
/// without marks, and the concepts of the lexicon with their pairs. Digits are all alike.
/// </summary>
internal static class TextFeatures
{
    /// <summary>How many bits a hashed feature has.</summary>
    public const int Bits = 16;

    /// <summary>The most features of one text.</summary>
    public const int Most = 4_096;

    private const uint Mask = (1u << Bits) - 1;
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The features that tell intents apart.</summary>
    /// <param name="message">The message.</param>
    /// <param name="words">The words of the text in it.</param>
    /// <param name="features">Receives the features; cleared first.</param>
    public static void Intent(MessageText message, IReadOnlyList<ReadWord> words, List<int> features)
    {
        features.Clear();
        uint before = 0, beforeMarked = 0;
        var concepts = new List<uint>();
        foreach (var word in words)
        {
            for (var i = word.First; i < word.End && features.Count < Most; i++)
            {
                var token = message.Tokens[i];
                if (token.Kind == TokenKind.Sign && token.Plain is "," or "." or "!" or "\n" or "…") continue;
                var plain = Alike(token.Plain);
                var hash = Hash(plain, 1);
                Add(features, hash);
                if (before != 0) Add(features, Pair(before, hash, 2));
                else Add(features, Pair(7, hash, 3));
                if (token.Text != token.Plain)
                {
                    var marked = Hash(token.Text, 4);
                    Add(features, marked);
                    if (beforeMarked != 0) Add(features, Pair(beforeMarked, marked, 5));
                    beforeMarked = marked;
                }
                else
                {
                    beforeMarked = hash;
                }

                before = hash;
                Grams(plain, 3, 5, 6, features);
            }

            if (word.Concept is "" or Concepts.Passing or Concepts.Break or Concepts.Then) continue;
            var concept = Hash(word.Concept, 8);
            Add(features, concept);
            if (concepts.Count < 24) concepts.Add(concept);
            if (word.Concept is "style" or "format" or "direction" or "scene" or "light" or "reply") Add(features, Pair(concept, Hash(word.Value, 9), 9));
        }

        for (var i = 0; i < concepts.Count; i++)
        {
            for (var j = i + 1; j < concepts.Count && features.Count < Most; j++)
                Add(features, Pair(Math.Min(concepts[i], concepts[j]), Math.Max(concepts[i], concepts[j]), 10));
        }

        Add(features, Hash(Size(message, words), 11));
    }

    /// <summary>The features that tell languages apart: character n-grams of 1 to 4 letters with their marks, and words.</summary>
    public static void Language(MessageText message, List<int> features)
    {
        features.Clear();
        foreach (var token in message.Tokens)
        {
            if (token.Kind != TokenKind.Word || features.Count >= Most) continue;
            Add(features, Hash(token.Plain, 20));
            Grams(token.Plain, 1, 4, 21, features);
            if (token.Text == token.Plain) continue;
            Add(features, Hash(token.Text, 22));
            foreach (var letter in token.Text)
                if (letter is >= '\u0300' and <= '\u036F') Add(features, Pair(letter, 23, 23));
        }
    }

    private static string Size(MessageText message, IReadOnlyList<ReadWord> words)
    {
        var count = words.Sum(word => word.Count) - words.Count(word => message.Tokens[word.First].Kind == TokenKind.Sign);
        return count switch { 0 => "none", 1 => "one", 2 => "two", 3 => "three", <= 6 => "some", <= 12 => "many", _ => "long" };
    }

    private static string Alike(string plain) => plain.AsSpan().IndexOfAnyInRange('0', '9') < 0
        ? plain
        : string.Create(plain.Length, plain, static (alike, digits) =>
        {
            for (var i = 0; i < alike.Length; i++) alike[i] = char.IsAsciiDigit(digits[i]) ? '0' : digits[i];
        });

    private static void Grams(string word, int shortest, int longest, uint kind, List<int> features)
    {
        if (word.Length > 24) return;
        Span<char> edged = stackalloc char[word.Length + 2];
        edged[0] = '<';
        word.CopyTo(edged[1..]);
        edged[^1] = '>';
        for (var start = 0; start < edged.Length; start++)
        {
            var hash = Basis ^ kind;
            for (var length = 1; length <= longest && start + length <= edged.Length; length++)
            {
                hash = (hash ^ edged[start + length - 1]) * Prime;
                if (length >= shortest && features.Count < Most) Add(features, Pair(hash, (uint)length, kind));
            }
        }
    }

    private static void Add(List<int> features, uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2c1b3c6d;
        hash ^= hash >> 12;
        features.Add((int)(hash & Mask));
    }

    private static uint Hash(string text, uint kind)
    {
        var hash = Basis ^ (kind * 0x9E3779B1);
        foreach (var letter in text) hash = (hash ^ letter) * Prime;
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Pair(uint first, uint second, uint kind) => (((first * 0x85EBCA6B) ^ second) * Prime) + (kind * 0x27D4EB2F);
}
