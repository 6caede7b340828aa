using PhotoStudio.Benchmarks.Quality;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Operations;
using Shouldly;
using Xunit;

namespace PhotoStudio.Tests.Core.Assistant;

public sealed class EditInstructionTests
{
    private static readonly LocalAssistant Assistant = new();

    public static TheoryData<string, string> Sentences
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (instruction, expected) in InstructionQuality.Sentences("instructions.txt").Concat(InstructionQuality.Sentences("instructions.unseen.txt")))
                data.Add(instruction, expected);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void A_sentence_names_its_operations(string instruction, string expected) =>
        InstructionQuality.Describe(Read(instruction)).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Capitals_and_composed_or_combining_marks_do_not_matter(string instruction, string expected) =>
        InstructionQuality.Describe(Read(instruction.ToUpperInvariant())).ShouldBe(expected);

    [Fact]
    public void Every_step_is_in_the_catalogue_and_valid_for_it()
    {
        foreach (var (instruction, _) in InstructionQuality.Sentences("instructions.txt"))
        {
            foreach (var step in Read(instruction).Steps)
            {
                OperationCatalog.TryFind(step.Operation, out var operation).ShouldBeTrue(instruction);
                OperationParameters.FromJson(operation!, step.Parameters.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData("make it warmer and teleport it to the moon", "teleport it to the moon")]
    [InlineData("make it warmer and remove the person on the left", "object-removal")]
    [InlineData("make it warmer and crop it", "the shape has to be said")]
    [InlineData("make it warmer, save as png", "output_format")]
    public void What_cannot_be_read_or_done_is_told_beside_what_can(string instruction, string note)
    {
        var reading = Read(instruction);
        reading.Steps.ShouldHaveSingleItem().Operation.ShouldBe("adjust");
        reading.Notes.ShouldHaveSingleItem().ShouldContain(note);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("…!?")]
    [InlineData("日本の富士山")]
    [InlineData("12345")]
    [InlineData("lorem ipsum dolor")]
    [InlineData("\uD800")]
    [InlineData("the picture, please")]
    public void Of_nothing_to_do_nothing_is_made(string instruction) => Read(instruction).Steps.ShouldBeEmpty();

    [Theory]
    [InlineData("resize to 99999999999px wide")]
    [InlineData("rotate 9999999 degrees")]
    [InlineData("increase the contrast by 900%")]
    [InlineData("crop to 0:0")]
    [InlineData("crop to 0x0")]
    [InlineData("upscale 999999999999999999999999999999x")]
    [InlineData("shrink it to 0%")]
    [InlineData("expand by 99999999999999 px on the left")]
    public void Numbers_without_sense_make_no_invalid_step(string instruction)
    {
        foreach (var step in Read(instruction).Steps)
            OperationParameters.FromJson(OperationCatalog.Get(step.Operation), step.Parameters.ToJsonString());
    }

    private static EditInstruction Read(string instruction) => EditInstruction.Read(Assistant, instruction);
}
