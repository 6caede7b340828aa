using System.Text.Json;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Operations;

/// <summary>Numbers that are none, or far beyond what anybody means, for every number of every operation.</summary>
public sealed class HostileNumbersTests
{
    private static readonly string[] Texts =
        ["NaN", "nan", "Infinity", "-Infinity", "∞", "1e308", "-1e308", "1e999", "-1e999", "0x10", "1_000", "1,5", "--1", "٣", "1e", "9223372036854775808"];

    private static readonly string[] Jsons =
        ["\"NaN\"", "\"Infinity\"", "1e308", "-1e308", "1e999", "-1e999", "1e-999999999", "true", "[]", "{}", "\"1\"", "123456789012345678901234567890"];

    /// <summary>Every number of every operation.</summary>
    public static TheoryData<string, string> Numbers
    {
        get
        {
            var numbers = new TheoryData<string, string>();
            foreach (var operation in OperationCatalog.All)
            {
                foreach (var parameter in operation.Parameters.Where(parameter => parameter is IntegerParameter or NumberParameter))
                    numbers.Add(operation.Name, parameter.Name);
            }

            return numbers;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Is_refused_by_name_in_query_and_json(string operation, string name)
    {
        foreach (var text in Texts) Refused(operation, name, RawValue.FromText(text), text);
        foreach (var json in Jsons)
        {
            // The smallest numbers are zero, which some parameters take.
            if (json == "1e-999999999" && Accepts(operation, name, 0)) continue;
            Refused(operation, name, RawValue.FromJson(JsonSerializer.Deserialize<JsonElement>(json)), json);
        }
    }

    [Theory]
    [InlineData("crop", "width", "0")]
    [InlineData("crop", "height", "0")]
    [InlineData("crop", "height", "-1")]
    [InlineData("crop", "aspect_ratio", "0:1")]
    [InlineData("crop", "aspect_ratio", "1:0")]
    [InlineData("crop", "aspect_ratio", "NaN:1")]
    [InlineData("crop", "aspect_ratio", "1e308:1")]
    [InlineData("crop", "aspect_ratio", "Infinity:Infinity")]
    [InlineData("resize", "width", "0")]
    [InlineData("rotate", "angle", "1e308")]
    public void A_size_of_nothing_and_an_angle_beyond_all_measure_are_refused(string operation, string name, string text) =>
        Refused(operation, name, RawValue.FromText(text), text);

    private static void Refused(string operation, string name, RawValue value, string shown)
    {
        var faults = new FaultList();

        OperationParameters.Read(OperationCatalog.Get(operation), [KeyValuePair.Create(name, value)], faults)
            .ShouldBeNull($"{operation} takes {name}={shown}");

        faults.ToDictionary()[name].ShouldAllBe(message => message.StartsWith("must be ", StringComparison.Ordinal));
    }

    private static bool Accepts(string operation, string name, double number) =>
        OperationCatalog.Get(operation).FindParameter(name) switch
        {
            IntegerParameter => true,
            NumberParameter known => known.Min <= number && number <= known.Max,
            _ => false,
        };
}
